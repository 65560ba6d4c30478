import os from "node:os";
import readline from "node:readline";
import { systemClock } from "../../core/clock";
import { asSallyportError, SallyportError } from "../../core/errors";
import { openStack } from "../../pulumi/open-stack";
import { machineProcesses } from "../../pulumi/process-identity";
import { perform } from "./perform";
import { loadProgram } from "./programs";
import type { ChildLine, StackRequest, WrittenError } from "./stack-request";

// The entry of a stack child: one request on the first line of stdin, NDJSON on stdout, the ending as the last line. A process of
// its own, because an unhandled rejection anywhere in the process of an inline program fails the deployment.

const interrupt = new AbortController();
const stop = (why: string): void => {
  if (!interrupt.signal.aborted)
    interrupt.abort(new SallyportError("INTERRUPTED", { message: `Interrupted: ${why}. What was begun is recorded.` }));
};

/** stdout belongs to the protocol: what programs print goes to stderr. */
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
// The parent may be gone while the engine ends its step: lost lines are no reason to die.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);
const send = (line: ChildLine): void => void write(`${JSON.stringify(line)}\n`);

// Ours is a group of its own; whoever signals it all the same gets the engine's orderly end, once.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(signal));

async function serve(line: string): Promise<void> {
  const request = JSON.parse(line) as StackRequest;
  const backendUrl = request.backendUrl ?? process.env.PULUMI_BACKEND_URL ?? "";
  // How this process reads TypeScript is no business of the engine's and its programs'; and a stack or settings file that a person
  // chose for `pulumi` by hand is not this stack's.
  const foreign = new Set(["TS_NODE_PROJECT", "PULUMI_STACK", "PULUMI_OPTION_CONFIG_FILE"]);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.has(name)));
  const env = { ...inherited, ...(backendUrl === "" ? {} : { PULUMI_BACKEND_URL: backendUrl }) };
  const program = loadProgram(request);
  const stack = await openStack({ ...request, env, program });
  const report = (event: Extract<ChildLine, { type: "progress" }>["event"]): void => send({ type: "progress", event });
  send(
    await perform(stack, request, {
      clock: systemClock,
      report,
      signal: interrupt.signal,
      hostname: os.hostname(),
      processes: machineProcesses,
      backendUrl,
    }),
  );
}

function written(thrown: unknown): WrittenError {
  const { code, message, likely, next, values } = asSallyportError(thrown);
  return { code, message, next, values, ...(likely === undefined ? {} : { likely }) };
}

let asked = false;
const input = readline.createInterface({ input: process.stdin });
input.on("line", (line) => {
  if (asked) return;
  asked = true;
  serve(line)
    .catch((thrown: unknown) => send({ type: "failed", error: written(thrown) }))
    // The pipe to the parent keeps the process alive.
    .finally(() => write("", () => process.exit(0)));
});
input.on("close", () => {
  if (asked) stop("the parent process has ended");
  else process.exit(0);
});
