import path from "node:path";

/** Where an environment's files are: two committed ones, and what the runner keeps under `.sallyport/` (ignored by git). */
export interface ProjectPaths {
  readonly root: string;
  readonly accessFile: string;
  readonly environmentFile: string;
  /** `.sallyport/stacks/<env>`: snapshot, matrix, copied settings, one folder per Pulumi project. */
  readonly stackFolder: string;
  readonly snapshotFile: string;
  readonly matrixFile: string;
}

/** Pure: the paths of an environment below a project's root. */
export function projectPaths(root: string, env: string): ProjectPaths {
  const stackFolder = path.join(root, ".sallyport", "stacks", env);
  return {
    root,
    accessFile: path.join(root, "access.yaml"),
    environmentFile: path.join(root, `Pulumi.${env}.yaml`),
    stackFolder,
    snapshotFile: path.join(stackFolder, "snapshot.json"),
    matrixFile: path.join(stackFolder, "matrix.json"),
  };
}
