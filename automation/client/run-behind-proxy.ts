import { Closer } from "../core/closer";
import type { CommandContext } from "../core/command-context";
import type { openAwsDoor } from "../door/aws-door";
import { openDoorProxy } from "../door/door-proxy";
import { makeLocalSecret } from "../proxy/local-secret";
import { clientEnvironment } from "./client-environment";
import { heldSignal } from "./held-signal";
import { openPersonDoor, type PersonDoorRequest } from "./open-person-door";
import { proxyProgress } from "./proxy-events";
import { runChild, type ChildEnd, type SignalSource } from "./run-child";

/** A program to run with a local port that leads to the person's database. */
export interface BehindProxyRequest extends PersonDoorRequest {
  readonly command: string;
  readonly args: readonly string[];
  /** DATABASE_URL too. */
  readonly url: boolean;
}

/** What is replaced in tests. */
export interface BehindProxyTools {
  readonly signals: SignalSource;
  readonly open?: typeof openAwsDoor;
}

/**
 * Runs a program behind a proxy of its own: a free port of 127.0.0.1 and a secret for this run, both only in the program's
 * environment. When it has ended, proxy and door are closed; what fails then is an event and never hides how the program ended.
 *
 * Errors: those of `openPersonDoor`; INTERRUPTED or TERMINATED before the program started.
 */
export async function runBehindProxy(
  request: BehindProxyRequest,
  context: CommandContext,
  { signals, open }: BehindProxyTools,
): Promise<ChildEnd> {
  const { clock, reporter, redactor } = context;
  const held = heldSignal(context.signal);
  const randomBytes = (size: number): Buffer => context.randomBytes(size);
  const closer = new Closer();
  try {
    const { door, found, target, remember } = await openPersonDoor(request, { ...context, signal: held.signal }, open);
    closer.add(() => door.close());
    const [secret, user, database] = [makeLocalSecret(randomBytes), found.login, target.database];
    redactor.register(secret);
    const proxy = await openDoorProxy({
      door,
      user,
      database,
      applicationName: `sallyport ${found.role}`,
      listen: { kind: "tcp", host: "127.0.0.1", port: 0 },
      secret,
      clock,
      randomBytes,
      report: (event) => reporter.report(proxyProgress(event, true)),
    });
    closer.add(() => proxy.close());
    held.release();
    remember();
    const { host, port } = proxy;
    reporter.report({
      type: "proxy.ready",
      stage: "Proxy",
      mark: "done",
      text: `${host}:${port} for ${request.command}`,
      detail: true,
      data: { host, port, user, database },
    });
    return await runChild({
      command: request.command,
      args: request.args,
      cwd: context.cwd,
      env: clientEnvironment(context.env, { host, port, user, database }, secret, request.url),
      terminal: context.interactive,
      signals,
    });
  } finally {
    await closer.close().catch((error: unknown) =>
      reporter.report({
        type: "proxy.close.failed",
        stage: "Proxy",
        mark: "failed",
        text: `closing failed: ${error instanceof Error ? error.message : String(error)}`,
      }),
    );
  }
}
