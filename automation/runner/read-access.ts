import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { accessMatrix, type AccessMatrix } from "../../infra/contract/access-matrix";
import type { Snapshot } from "../../infra/contract/snapshot";
import { accessDifference, type AccessChange } from "./access-difference";
import { configInvalid, type ProjectFiles } from "./load-files";
import type { ProjectPaths } from "./project-paths";

/** Who gets what now, and what that changes since the last run. */
export interface AccessPlan {
  readonly snapshot: Snapshot;
  readonly matrix: AccessMatrix;
  readonly changes: readonly AccessChange[];
}

/**
 * Matrix and difference from the files and the directory as it is now. Writes nothing.
 *
 * @throws SallyportError CONFIG_INVALID with every person and group that the directory does not have
 */
export async function planAccess(files: ProjectFiles, snapshot: Snapshot, paths: ProjectPaths): Promise<AccessPlan> {
  const matrix = accessMatrix(files.access, snapshot, files.environment);
  if (!matrix.ok) throw configInvalid([{ file: "access.yaml", problems: matrix.problems }]);
  return { snapshot, matrix: matrix.value, changes: accessDifference(await lastMatrix(paths), matrix.value) };
}

/** Keeps snapshot and matrix of a run that reached its end, so that the next one can say what changed. */
export async function keepAccess(plan: AccessPlan, paths: ProjectPaths): Promise<void> {
  await mkdir(paths.stackFolder, { recursive: true, mode: 0o700 });
  await writeWhole(paths.snapshotFile, plan.snapshot);
  await writeWhole(paths.matrixFile, plan.matrix);
}

async function lastMatrix(paths: ProjectPaths): Promise<AccessMatrix | undefined> {
  try {
    return JSON.parse(await readFile(paths.matrixFile, "utf8")) as AccessMatrix;
  } catch {
    // Missing or damaged: then everything counts as new, which only makes the difference longer.
    return undefined;
  }
}

async function writeWhole(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
