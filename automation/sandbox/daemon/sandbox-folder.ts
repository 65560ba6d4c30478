import path from "node:path";

/** Where a sandbox keeps its files, all below `.sallyport/sandbox` of a project. */
export interface SandboxFolder {
  readonly root: string;
  /** Written last: there is a sandbox to talk to. */
  readonly sandboxFile: string;
  /** The daemon's pid and when it began. */
  readonly pidFile: string;
  /** What the daemon says. */
  readonly log: string;
  /** The engine's home, with the relays in place of provider plugins. */
  readonly pulumiHome: string;
  /** The stacks' state; lives and dies with the simulated account. */
  readonly backend: string;
  /** Kept until `reset`: copies of settings that were encrypted with it stay readable. */
  readonly passphraseFile: string;
}

/** Pure: the sandbox's files of a project. */
export function sandboxFolder(projectRoot: string): SandboxFolder {
  const root = path.join(projectRoot, ".sallyport", "sandbox");
  return {
    root,
    sandboxFile: path.join(root, "sandbox.json"),
    pidFile: path.join(root, "sandbox.pid"),
    log: path.join(root, "sandbox.log"),
    pulumiHome: path.join(root, "pulumi-home"),
    backend: path.join(root, "state"),
    passphraseFile: path.join(root, "passphrase"),
  };
}
