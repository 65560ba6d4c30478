import { Closer } from "../core/closer";
import type { CommandContext } from "../core/command-context";
import type { openAwsDoor } from "../door/aws-door";
import { openDoorProxy } from "../door/door-proxy";
import type { Door } from "../door/open-door";
import type { ListenAt } from "../proxy/proxy-contract";
import type { LocalAddress } from "./client-environment";
import { heldSignal } from "./held-signal";
import { localPort } from "./local-port";
import { findPersonDoor, type FoundPersonDoor, type PersonDoorRequest } from "./open-person-door";
import { proxyProgress } from "./proxy-events";
import { proxySecret, type KeptSecret } from "./proxy-secret";

/** Where and for how many a proxy listens. */
export interface ServeRequest extends PersonDoorRequest {
  /** Left out: the stable one of this person and target. 0: any free one. */
  readonly port: number | undefined;
  /** A folder for a socket, instead of a port and a secret. */
  readonly socketFolder: string | undefined;
  readonly rotateSecret: boolean;
  readonly maxConnections: number | undefined;
}

/** A proxy's address for clients. */
export interface ServedProxy {
  readonly at: LocalAddress;
  /** Undefined for a socket. */
  readonly secret: KeptSecret | undefined;
  /** `<env> cluster/database`. */
  readonly target: string;
}

/** Where a proxy with these options listens, without opening anything. Errors: those of `findPersonDoor`. */
export async function proxyAddress(
  request: ServeRequest,
  context: CommandContext,
  open?: typeof openAwsDoor,
): Promise<ServedProxy> {
  return served(await findPersonDoor(request, context, open), request, context);
}

/**
 * Serves a person's proxies, one for each request, until the context's signal aborts, then ends their connections, the proxies and
 * the doors. `ready` is told each address when clients may come there.
 *
 * Errors: those of `openPersonDoor` and `openProxy` (PROXY_PORT_TAKEN, PROXY_SOCKET_PATH); the signal's reason if it aborts before
 * all are ready.
 */
export async function serveProxies(
  requests: readonly ServeRequest[],
  context: CommandContext,
  ready: (proxy: ServedProxy) => void,
  open?: typeof openAwsDoor,
): Promise<void> {
  const { signal } = context;
  const held = heldSignal(signal);
  const closer = new Closer();
  try {
    for (const request of requests) {
      const proxy = await startProxy(request, { ...context, signal: held.signal }, closer, open);
      held.signal.throwIfAborted();
      ready(proxy);
    }
    held.release();
    await aborted(signal);
  } finally {
    await closer.close();
  }
}

async function startProxy(
  request: ServeRequest,
  context: CommandContext,
  closer: Closer,
  open: typeof openAwsDoor | undefined,
): Promise<ServedProxy> {
  const { clock, reporter } = context;
  const person = await findPersonDoor(request, context, open);
  const address = served(person, request, context);
  // The port before the tunnel: that it is taken should cost nothing. Who comes meanwhile waits for the door.
  let opening: Promise<Door> | undefined;
  const door = (): Promise<Door> => (opening ??= person.open());
  closer.add(async () => (await opening?.catch(() => undefined))?.close());
  const proxy = await openDoorProxy({
    door: {
      openSecureStream: async (stop) => (await door()).openSecureStream(stop),
      password: async (user) => (await door()).password(user),
    },
    user: address.at.user,
    database: address.at.database,
    applicationName: `sallyport ${person.found.role}`,
    listen: listenAt(request, address.at.port),
    secret: address.secret?.secret,
    ...(request.maxConnections === undefined ? {} : { maxConnections: request.maxConnections }),
    clock,
    randomBytes: (size) => context.randomBytes(size),
    report: (event) => reporter.report(proxyProgress(event, false)),
  });
  closer.add(() => proxy.close());
  await door();
  person.remember();
  return { ...address, at: { ...address.at, host: proxy.host, port: proxy.port } };
}

function served(person: FoundPersonDoor, request: ServeRequest, context: CommandContext): ServedProxy {
  const { found, target, home } = person;
  const socket = request.socketFolder;
  const secret =
    socket === undefined ? proxySecret(home, (size) => context.randomBytes(size), request.rotateSecret) : undefined;
  if (secret) context.redactor.register(secret.secret);
  const port = request.port ?? localPort(target.door.environment, target.text, found.login);
  return {
    at: { host: socket ?? "127.0.0.1", port, user: found.login, database: target.database },
    secret,
    target: `${target.door.env} ${target.text}`,
  };
}

function listenAt({ socketFolder }: ServeRequest, port: number): ListenAt {
  return socketFolder === undefined
    ? { kind: "tcp", host: "127.0.0.1", port }
    : { kind: "socket", folder: socketFolder, port };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
