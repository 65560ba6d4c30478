import { rmSync } from "node:fs";
import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { askControl } from "../sandbox/daemon/control-client";
import { sandboxFolder } from "../sandbox/daemon/sandbox-folder";
import { clearRun, runningSandbox, sandboxState } from "./sandbox-process";
import { writeResult } from "./result-line";

/** `sallyport sandbox reset`: the empty account again; of a sandbox that does not run, its files are cleared. */
export async function sandboxReset(args: string[], context: CommandContext): Promise<number> {
  const describe = "Back to the empty account: everything deployed and every stack's state is gone.";
  if (!parseOptions((command) => command.name("sallyport sandbox reset").description(describe), args, context))
    return 0;
  const folder = sandboxFolder(context.cwd);
  const running = (await sandboxState(folder)).state === "running";
  if (running) {
    const { file } = await runningSandbox(context.cwd);
    context.redactor.register(file.controlToken);
    await askControl(file, "POST reset", {});
  } else {
    // PostgreSQL's own record of its folders stays: the next start clears what it names.
    clearRun(folder);
    for (const gone of [folder.passphraseFile, folder.log]) rmSync(gone, { force: true });
  }
  const text = running ? "the account is empty again" : "none runs; its files are cleared";
  context.reporter.report({ type: "sandbox.reset", stage: "Sandbox", mark: "done", text });
  writeResult(context, { running });
  return 0;
}
