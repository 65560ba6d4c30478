import { rmSync } from "node:fs";
import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";
import { waitFor } from "../core/retry";
import { machineProcesses } from "../pulumi/process-identity";
import { isAlive, readPidFile, type ProcessMark } from "../sandbox/daemon/pid-file";
import { readSandboxFile, type SandboxFile } from "../sandbox/daemon/sandbox-file";
import { sandboxFolder, type SandboxFolder } from "../sandbox/daemon/sandbox-folder";

const began = (pid: number): Promise<number | undefined> => machineProcesses.startedAt(pid);

/** What there is in a folder: a living sandbox (perhaps still starting), the files of a dead one, or nothing. */
export type SandboxState =
  | { readonly state: "running"; readonly mark: ProcessMark; readonly file: SandboxFile | undefined }
  | { readonly state: "stale" | "none" };

/** Looks whether a sandbox runs in a folder. */
export async function sandboxState(folder: SandboxFolder): Promise<SandboxState> {
  const mark = readPidFile(folder.pidFile);
  const file = readSandboxFile(folder.sandboxFile);
  if (mark && (await isAlive(mark, began))) return { state: "running", mark, file };
  return { state: mark || file ? "stale" : "none" };
}

/**
 * The running sandbox of a folder.
 *
 * Errors: SANDBOX_NOT_RUNNING.
 */
export async function runningSandbox(
  cwd: string,
): Promise<{ readonly folder: SandboxFolder; readonly file: SandboxFile; readonly mark: ProcessMark }> {
  const folder = sandboxFolder(cwd);
  const found = await sandboxState(folder);
  if (found.state === "running" && found.file) return { folder, file: found.file, mark: found.mark };
  const likely = { running: "It is still starting.", stale: "The last one was killed.", none: undefined }[found.state];
  throw new SallyportError("SANDBOX_NOT_RUNNING", { message: "No sandbox runs in this folder.", likely });
}

/** Takes away what must not outlive the simulated account: contract, pid, and the state of its stacks. */
export function clearRun(folder: SandboxFolder): void {
  for (const gone of [folder.sandboxFile, folder.pidFile, folder.backend, folder.pulumiHome])
    rmSync(gone, { recursive: true, force: true });
}

/** How long an orderly end may take; PostgreSQL's guard takes at most eight seconds. */
const END_TIMEOUT_MS = 15_000;

/** Ends a sandbox's process: asks with SIGTERM and waits; after that by force, and its guard stops PostgreSQL. */
export async function endProcess(mark: ProcessMark, clock: Clock): Promise<void> {
  const gone = async (): Promise<true | undefined> => ((await isAlive(mark, began)) ? undefined : true);
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (await gone()) return;
    try {
      process.kill(mark.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
    if (await waitFor(gone, { clock, timeoutMs: END_TIMEOUT_MS, intervalMs: 50 })) return;
  }
}
