import { spawn, type ChildProcessByStdio } from "node:child_process";
import readline from "node:readline";
import type { Readable, Writable } from "node:stream";
import { SallyportError } from "../../core/errors";
import type { Reporter } from "../../core/events";
import type { PendingOperation } from "../../pulumi/stack-engine";
import { childEntry, type ChildEntry } from "./child-entry";
import type { ChildLine, StackRequest, StackResult } from "./stack-request";

/** What a stack operation needs of its caller. */
export interface RunStackTools {
  readonly reporter: Reporter;
  /** Aborting ends the engine orderly: one SIGINT, the step in flight is finished and recorded. */
  readonly signal: AbortSignal;
  /** The whole environment of child, engine and plugins: PATH, HOME, PULUMI_*, credentials. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that the program runs in, where it reads its files (`access.yaml`): the project's root. */
  readonly cwd: string;
  readonly entry?: ChildEntry;
  /** Called with the child's pid when it runs. */
  readonly onStart?: (pid: number) => void;
}

/** Either done, or not begun because a killed run left operations pending. */
export type StackReply =
  | { readonly kind: "done"; readonly result: StackResult }
  | { readonly kind: "pending"; readonly pending: readonly PendingOperation[] };

/**
 * Runs one stack operation in a child process of ours.
 *
 * @throws SallyportError ENGINE_FAILED with the diagnostics, STACK_LOCKED, STACK_PENDING, POLICY_VIOLATION, UNEXPECTED_CHANGES,
 *   or the signal's reason (INTERRUPTED, TERMINATED)
 */
export async function runStack(request: StackRequest, tools: RunStackTools): Promise<StackResult> {
  const reply = await askStack(request, tools);
  if (reply.kind === "done") return reply.result;
  throw stackPending(request, reply.pending);
}

/**
 * Engine, language host and plugins talk to each other by gRPC on loopback. gRPC for Node sends even that through `https_proxy`
 * unless told otherwise (grpc-js, "Environment Variables"); it looks at this variable before `no_proxy`, and nobody else does.
 */
const DIRECT_GRPC = { no_grpc_proxy: "127.0.0.1,localhost,::1" };

/** As `runStack`, with pending operations as an answer: see `recovery.ts`. */
export async function askStack(request: StackRequest, tools: RunStackTools): Promise<StackReply> {
  tools.signal.throwIfAborted();
  const { execArgv, file, env } = tools.entry ?? childEntry();
  // Detached: a terminal's Ctrl-C must reach the engine through us alone, once.
  const child = spawn(process.execPath, [...execArgv, file], {
    cwd: tools.cwd,
    env: { ...tools.env, ...DIRECT_GRPC, ...env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (child.pid !== undefined) tools.onStart?.(child.pid);
  // Its stdin stays open as long as we live; that it ends is the child's sign to stop.
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify(request)}\n`);
  const hangUp = (): void => void child.stdin.end();
  tools.signal.addEventListener("abort", hangUp, { once: true });
  try {
    return replyOf(await listen(child, tools.reporter), request, tools.signal);
  } finally {
    tools.signal.removeEventListener("abort", hangUp);
    child.stdin.end();
  }
}

interface Heard {
  readonly ending: Exclude<ChildLine, { type: "progress" }> | undefined;
  readonly stderr: string;
  readonly exit: string;
}

async function listen(child: ChildProcessByStdio<Writable, Readable, Readable>, reporter: Reporter): Promise<Heard> {
  let ending: Heard["ending"];
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-8000)));
  const lines = readline.createInterface({ input: child.stdout });
  lines.on("line", (text) => {
    const line = JSON.parse(text) as ChildLine;
    if (line.type === "progress") reporter.report(line.event);
    else ending = line;
  });
  const read = new Promise<void>((resolve) => lines.on("close", resolve));
  const exit = await new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  await read;
  return { ending, stderr, exit };
}

function replyOf({ ending, stderr, exit }: Heard, request: StackRequest, signal: AbortSignal): StackReply {
  if (ending?.type === "done") return { kind: "done", result: ending.result };
  if (ending?.type === "pending") return { kind: "pending", pending: ending.pending };
  if (signal.aborted && signal.reason instanceof SallyportError) throw signal.reason;
  if (ending) throw new SallyportError(ending.error.code, ending.error);
  throw new SallyportError("ENGINE_FAILED", {
    message:
      `${request.operation} of ${request.project}/${request.stack} ended without a result (${exit}). ${stderr.trim()}`.trim(),
    likely: "The process that runs the stack was killed; the next run recovers.",
    next: "run the same command again",
  });
}

/** What is not known after a kill, resource by resource. */
export function stackPending(
  request: Pick<StackRequest, "project" | "stack">,
  pending: readonly PendingOperation[],
): SallyportError {
  const lines = pending.map(({ kind, type, name, urn }) => `${kind} ${type} "${name}" (${urn})`);
  return new SallyportError("STACK_PENDING", {
    message: [`An earlier run of ${request.project}/${request.stack} was killed in the middle of:`, ...lines].join(
      "\n",
    ),
    likely: "It may exist in the account without being recorded; running on would create a second one.",
    values: { stack: `${request.project}/${request.stack}` },
  });
}
