import type { CommandContext } from "../core/command-context";

/** The last NDJSON line of a command that runs over time; nothing for people, who have read the steps. */
export function writeResult(context: CommandContext, values: Readonly<Record<string, unknown>>): void {
  if (!context.json) return;
  const time = new Date(context.clock.now()).toISOString();
  context.stdout(`${JSON.stringify({ v: 1, time, type: "result", ok: true, exitCode: 0, ...values })}\n`);
}
