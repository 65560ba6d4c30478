import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { sandboxFolder } from "../sandbox/daemon/sandbox-folder";
import { clearRun, endProcess, sandboxState } from "./sandbox-process";
import { writeResult } from "./result-line";

/** `sallyport sandbox stop`: ends the sandbox of this folder; none there is no error. */
export async function sandboxStop(args: string[], context: CommandContext): Promise<number> {
  const describe = "End the sandbox of this folder. Its simulated account is gone then.";
  if (!parseOptions((command) => command.name("sallyport sandbox stop").description(describe), args, context)) return 0;
  const folder = sandboxFolder(context.cwd);
  const found = await sandboxState(folder);
  if (found.state === "running") await endProcess(found.mark, context.clock);
  clearRun(folder);
  const text = { running: "stopped", stale: "was dead already; its files are cleared", none: "was not running" }[
    found.state
  ];
  context.reporter.report({ type: "sandbox.stopped", stage: "Sandbox", mark: "done", text });
  writeResult(context, { stopped: found.state === "running" });
  return 0;
}
