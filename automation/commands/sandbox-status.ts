import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { terminalText } from "../core/terminal-text";
import { askControl } from "../sandbox/daemon/control-client";
import type { Status } from "../sandbox/daemon/deployed";
import type { SandboxFile } from "../sandbox/daemon/sandbox-file";
import { runningSandbox } from "./sandbox-process";

/** `sallyport sandbox status`: what runs and what is in it; `--json` = one document. */
export async function sandboxStatus(args: string[], context: CommandContext): Promise<number> {
  const describe = "What is in the sandbox of this folder, and why an agent is silent.";
  if (!parseOptions((command) => command.name("sallyport sandbox status").description(describe), args, context))
    return 0;
  const { file } = await runningSandbox(context.cwd);
  context.redactor.register(file.controlToken);
  const status = (await askControl(file, "GET status")) as Status;
  const { pid, endpointUrl, region, accounts } = file;
  if (context.json)
    context.stdout(`${JSON.stringify({ running: true, pid, endpointUrl, region, accounts, ...status })}\n`);
  else context.stdout(statusText(file, status));
  return 0;
}

/** The status for people. Pure. */
export function statusText(file: SandboxFile, status: Status): string {
  const agents = status.agents.map(({ instance, online, connected, reasons }) => {
    const state = connected ? "connected" : online ? "online, no control channel" : "silent";
    return [instance, [state, ...reasons].join("; ")];
  });
  const clusters = Object.entries(status.clusters).map(([name, { host, port }]) => [name, `${host}:${port}`]);
  const rows: string[][] = [
    ["SANDBOX", `simulated AWS at ${file.endpointUrl} (pid ${file.pid})`],
    ["accounts", file.accounts.map(({ id, role }) => `${id} ${role}`).join(", ")],
    ...agents.map(([instance = "", text = ""]) => ["agent", `${instance}  ${text}`]),
    ...clusters.map(([name = "", text = ""]) => ["cluster", `${name}  ${text}`]),
    ["documents", status.documents.join(", ") || "none"],
    ["people", status.people.join(", ")],
  ];
  return rows.map(([label = "", text = ""]) => `${label.padEnd(10)} ${terminalText(text)}\n`).join("");
}
