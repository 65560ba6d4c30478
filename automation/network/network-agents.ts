import http, { type ClientRequest } from "node:http";
import https, { type RequestOptions } from "node:https";
import { connect, isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { Clock } from "../core/clock";
import { asSallyportError } from "../core/errors";
import type { NetworkSettings } from "./network-settings";
import type { ProxyAddress } from "./proxy-address";
import { proxyUnreachable } from "./proxy-failure";
import { proxyFor, type ProxyTarget } from "./proxy-rules";
import { openProxyTunnel } from "./proxy-tunnel";

/** How long a proxy may take to answer, and again TLS through it, milliseconds. */
export const PROXY_TIMEOUT_MS = 10_000;

/** What agents need besides the settings. */
export interface AgentTools {
  readonly clock: Clock;
  /** Instead of `PROXY_TIMEOUT_MS`. */
  readonly timeoutMs?: number;
  /** Ends connections that are still on their way through a proxy. */
  readonly signal?: AbortSignal | undefined;
}

/** Agents for Node's two HTTP clients; the SDK and `ws` take them as they are. */
export interface NetworkAgents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/** As the SDK's own: connections are kept, at most fifty to one host. */
const POOL = { keepAlive: true, maxSockets: 50 } as const;

/**
 * Agents that follow the settings: which proxy is decided per connection, the authorities are the settings'. An agent that Node would
 * make by itself may not be used in their place: it obeys NODE_USE_ENV_PROXY even for this machine.
 *
 * Errors of connections: HTTP_PROXY_FAILED, NETWORK_SETTINGS_INVALID.
 */
export function networkAgents(settings: NetworkSettings, tools: AgentTools): NetworkAgents {
  return { http: new PlainAgent(settings), https: new SecureAgent(settings, tools) };
}

type Created = (error: Error | null, stream: Duplex) => void;

/** https: a tunnel through the proxy. */
class SecureAgent extends https.Agent {
  constructor(
    private readonly settings: NetworkSettings,
    private readonly tools: AgentTools,
  ) {
    super({ ...POOL, ...(settings.authorities === undefined ? {} : { ca: [...settings.authorities] }) });
  }

  override createConnection(options: RequestOptions, created?: Created): Duplex | null | undefined {
    const target = targetOf(options, true);
    const proxy = chosen(() => proxyFor(this.settings.proxies, target));
    if (proxy === undefined) return super.createConnection(options, created);
    if (proxy instanceof Error) return refuse(proxy, created);
    const { clock, signal, timeoutMs = PROXY_TIMEOUT_MS } = this.tools;
    const { authorities } = this.settings;
    const { ca, servername } = options;
    const tls = { ...(ca === undefined ? {} : { ca }), ...(servername === undefined ? {} : { servername }) };
    openProxyTunnel({ ...target, proxy, tls, authorities, clock, timeoutMs, signal }).then(
      (socket) => created?.(null, socket),
      (error: Error) => void refuse(error, created),
    );
    return undefined;
  }
}

/** http: the proxy gets the request itself, with the whole address in it (RFC 9112, section 3.2.2). */
class PlainAgent extends http.Agent {
  constructor(private readonly settings: NetworkSettings) {
    super(POOL);
  }

  /** Node's agents are handed each request here, before its first line is written; the types do not name it. */
  addRequest(request: ClientRequest, options: RequestOptions): void {
    const target = targetOf(options, false);
    const proxy = chosen(() => proxyFor(this.settings.proxies, target));
    if (proxy === undefined) return addToPool.call(this, request, options);
    if (proxy instanceof Error) return addToPool.call(this, request, { ...options, problem: proxy });
    const host = isIP(target.host) === 6 ? `[${target.host}]` : target.host;
    const way = `${host}:${target.port}`;
    request.path = `http://${way}${request.path}`;
    if (proxy.authorization !== undefined) request.setHeader("proxy-authorization", proxy.authorization);
    addToPool.call(this, request, { ...options, host: proxy.host, port: proxy.port, proxy, way });
  }

  override createConnection(options: PlainOptions, created?: Created): Duplex | null | undefined {
    const { proxy, way = "", problem } = options;
    if (problem) return refuse(problem, created);
    if (!proxy) return super.createConnection(options, created);
    const { host, port } = proxy;
    const ca = this.settings.authorities === undefined ? {} : { ca: [...this.settings.authorities] };
    const socket = proxy.protocol === "http:" ? connect({ host, port }) : connectTls({ host, port, ...ca });
    const failed = (error: Error): void => void refuse(proxyUnreachable({ proxy, target: way }, error), created);
    socket.once("error", failed);
    socket.once(proxy.protocol === "http:" ? "connect" : "secureConnect", () => {
      socket.removeListener("error", failed);
      created?.(null, socket);
    });
    return undefined;
  }
}

/** A request's options, with the proxy that it goes to instead and the server that it is meant for, or why there is no way. */
type PlainOptions = RequestOptions & { readonly proxy?: ProxyAddress; readonly way?: string; readonly problem?: Error };

const addToPool = Reflect.get(http.Agent.prototype, "addRequest") as (
  this: http.Agent,
  request: ClientRequest,
  options: PlainOptions,
) => void;

function targetOf({ host, hostname, port }: RequestOptions, secure: boolean): ProxyTarget {
  const name = host ?? hostname ?? "localhost";
  return { secure, host: name.replace(/^\[|\]$/g, ""), port: Number(port ?? (secure ? 443 : 80)) };
}

/** A request that is being made cannot be thrown at: whoever made it listens for its `error` only. */
function chosen(choose: () => ProxyAddress | undefined): ProxyAddress | undefined | Error {
  try {
    return choose();
  } catch (error) {
    return asSallyportError(error);
  }
}

function refuse(error: Error, created: Created | undefined): undefined {
  // Node's types want a stream even beside an error; Node does not.
  (created as ((error: Error) => void) | undefined)?.(error);
}
