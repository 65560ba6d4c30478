import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import type { Clocks } from "../account/clocks";
import type { Estate } from "../account/estate";
import type { Agents, PortSession, SessionGateway } from "../account/ports";
import type { AgentKnobs } from "./agent-knobs";
import { ChannelSession } from "./channel-session";
import { ClientLine } from "./client-line";
import { gatewayFaults, type GatewayFaults } from "./gateway-faults";
import { answerResume } from "./resume-answer";
import { SessionRegistry } from "./session-registry";
import { foreignCaller, refuseUpgrade, type AuthorizeUpgrade, type UpgradeVerdict } from "./upgrade-verdict";

const PATH = "/v1/data-channel/";
/** Largest WebSocket message that is taken. */
const MAX_FRAME_BYTES = 1024 * 1024;
/** How often limits and rates are looked at, real milliseconds. */
const TICK_MS = 100;

/** What the gateway needs. */
export interface GatewayOptions {
  /** Listens on loopback already; upgrades are the gateway's, requests somebody else's. */
  readonly httpServer: Server;
  readonly estate: Estate;
  readonly agents: Agents;
  readonly authorizeUpgrade: AuthorizeUpgrade;
  readonly clocks: Clocks;
  readonly randomBytes: (size: number) => Buffer;
  readonly knobs: AgentKnobs;
}

/** The gateway, and its end. */
export interface RunningGateway extends SessionGateway {
  /** Its ends of the open sockets: what faults act on. */
  readonly clients: ReadonlySet<WebSocket>;
  /** Faults that happen to what is open now; lasting ones are the knobs. */
  readonly faults: GatewayFaults;
  readonly knobs: AgentKnobs;
  /** Ends every session and socket. */
  close(): Promise<void>;
}

/**
 * Session Manager's message gateway on loopback: WebSocket upgrades signed for `ssmmessages`, one channel per session, tokens that
 * work once, `channel_closed` at the end; behind each channel an agent's port session. Who may start a session is judged by the API.
 */
export function startGateway(options: GatewayOptions): RunningGateway {
  const { httpServer, clocks, randomBytes } = options;
  const registry = new SessionRegistry(randomBytes, () => clocks.wall());
  const channels = new Map<string, ChannelSession>();
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    autoPong: false,
  });
  const ticker = setInterval(() => {
    for (const channel of [...channels.values()]) channel.tick();
  }, TICK_MS);
  // Sessions that nobody uses must not keep the sandbox's process alive.
  ticker.unref();

  const attach = (session: PortSession, socket: WebSocket): void => {
    const channel = channels.get(session.id);
    const line: ClientLine = new ClientLine(socket, {
      sessionId: session.id,
      knobs: options.knobs,
      open: (token) => channel !== undefined && registry.useToken(session.id, token),
      attached: () => channel?.attach(line),
      frame: (frame) => channel?.receive(frame),
      detached: () => channel?.detach(line),
      wall: () => clocks.wall(),
      randomBytes,
    });
  };
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    const session = registry.get(sessionIdOf(request.url ?? ""));
    void judge(options, request, session)
      .then((verdict) => {
        if (!verdict.ok) return refuseUpgrade(socket, verdict);
        if (!session) return refuseUpgrade(socket, UNKNOWN);
        sockets.handleUpgrade(request, socket, head, (webSocket) => attach(session, webSocket));
      })
      .catch(() =>
        refuseUpgrade(socket, { status: 500, code: "InternalServerError", message: "Internal server error" }),
      );
  };
  httpServer.on("upgrade", upgrade);

  return {
    start: (started) => {
      const { session, token } = registry.create(started);
      const channel = new ChannelSession(session, { ...options, ended: () => channels.delete(session.id) });
      channels.set(session.id, channel);
      return { sessionId: session.id, tokenValue: token, streamUrl: streamUrl(httpServer, session.id, randomBytes) };
    },
    resume: (sessionId) => {
      if (answerResume(options.knobs, sessionId) === "over") return undefined;
      const token = registry.renew(sessionId);
      if (token === undefined) return undefined;
      return { sessionId, tokenValue: token, streamUrl: streamUrl(httpServer, sessionId, randomBytes) };
    },
    clients: sockets.clients,
    get: (sessionId) => registry.get(sessionId),
    list: () => registry.list(),
    terminate: (sessionId) => channels.get(sessionId)?.end(""),
    faults: gatewayFaults(channels),
    knobs: options.knobs,
    close: async () => {
      clearInterval(ticker);
      httpServer.off("upgrade", upgrade);
      for (const channel of [...channels.values()]) channel.end("");
      for (const client of sockets.clients) client.terminate();
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

const UNKNOWN = { status: 400, code: "DoesNotExistException", message: "The session does not exist." };

async function judge(
  options: GatewayOptions,
  request: IncomingMessage,
  session: PortSession | undefined,
): Promise<UpgradeVerdict> {
  if (!(request.url ?? "").startsWith(PATH))
    return { ok: false, status: 404, code: "NotFoundException", message: "Not found" };
  const verdict = await options.authorizeUpgrade(request, session);
  if (!verdict.ok || !session || !options.knobs.sameCallerOnly) return verdict;
  return foreignCaller(verdict.principal, session) ?? verdict;
}

function sessionIdOf(url: string): string {
  const id = url.slice(PATH.length).split("?")[0] ?? "";
  try {
    return decodeURIComponent(id);
  } catch {
    return "";
  }
}

function streamUrl(server: Server, sessionId: string, randomBytes: (size: number) => Buffer): string {
  const { port } = server.address() as AddressInfo;
  const cell = encodeURIComponent(randomBytes(24).toString("base64"));
  return `ws://127.0.0.1:${port}${PATH}${encodeURIComponent(sessionId)}?role=publish_subscribe&cell-number=${cell}`;
}
