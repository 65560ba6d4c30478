import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { Duplex } from "node:stream";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { makeClocks } from "../../automation/sandbox/account/clocks";
import { DEFAULT_KNOBS, Estate, type CloudObject, type Principal } from "../../automation/sandbox/account/estate";
import type { Agents, Destination } from "../../automation/sandbox/account/ports";
import {
  lineFaults,
  realAgentKnobs,
  type AgentKnobs,
  type LineFaults,
} from "../../automation/sandbox/agent/agent-knobs";
import { startGateway, type RunningGateway } from "../../automation/sandbox/agent/gateway";
import type { AuthorizeUpgrade } from "../../automation/sandbox/agent/upgrade-verdict";
import { systemClock } from "../../automation/core/clock";
import { openTunnel, type Tunnel, type TunnelEvent, type TunnelOptions } from "../../automation/tunnel/tunnel";

export const CALLER: Principal = {
  account: "000000000000",
  arn: "arn:aws:sts::000000000000:assumed-role/sp-payments-dev-readonly/jane",
  roleArn: "arn:aws:iam::000000000000:role/sp-payments-dev-readonly",
  userId: "AROAEXAMPLE:jane",
  sessionName: "jane",
  principalTags: {},
  source: { kind: "administrator" },
};

/** A gateway on loopback with one instance, and a TCP server that its agent dials. */
export interface GatewayWorld {
  readonly gateway: RunningGateway;
  readonly knobs: AgentKnobs;
  readonly estate: Estate;
  /** Sockets that the destination accepted so far. */
  readonly accepted: Socket[];
  readonly upgrades: Record<string, string | undefined>[];
  /** How a session's host is looked up: to the destination's present address unless replaced. */
  resolve: Agents["resolve"];
  /** How a dial goes: connects to the address that the session has found unless replaced. */
  dial: (
    instance: CloudObject,
    host: string,
    port: number,
    signal: AbortSignal,
    address?: Destination["address"],
  ) => Promise<Duplex>;
  /** The destination moves to a new address: its connections are cut, the old address refuses. */
  failOver(): Promise<void>;
  connected: boolean;
  start(owner?: Principal): ReturnType<RunningGateway["start"]>;
  tunnel(options?: Partial<TunnelOptions>): Promise<Tunnel>;
  readonly events: TunnelEvent[];
  /** The raw sockets of all upgrades: to cut them. */
  readonly upgradeSockets: Duplex[];
  close(): Promise<void>;
}

/** Starts one; `serve` is what the destination does with a connection (default: echo). Pacing is off unless `knobs` says otherwise. */
export async function gatewayWorld(
  options: {
    serve?: (socket: Socket) => void;
    authorize?: AuthorizeUpgrade;
    knobs?: Partial<Omit<AgentKnobs, "toAgent" | "toClient">> & {
      readonly toAgent?: Partial<LineFaults>;
      readonly toClient?: Partial<LineFaults>;
    };
    speed?: number;
  } = {},
): Promise<GatewayWorld> {
  const { toAgent, toClient, ...others } = options.knobs ?? {};
  const directions = { toAgent: lineFaults(toAgent), toClient: lineFaults(toClient) };
  const knobs: AgentKnobs = { ...realAgentKnobs(), paceMs: 0, ...others, ...directions };
  const clocks = makeClocks(
    { wallOffsetMs: 0, speed: options.speed ?? 120 },
    () => Date.now(),
    () => performance.now(),
  );
  const directory = {
    instanceArn: "",
    identityStoreId: "",
    startUrl: "",
    users: [],
    groups: [],
    former: [],
    accessControlAttributes: [],
  };
  const estate = new Estate(clocks, DEFAULT_KNOBS, directory, randomBytes);
  const place = { account: "000000000000", region: "eu-west-2" };
  estate.add({ token: "aws:ec2/instance:Instance", id: "i-0123456789abcdef0", ...place, props: {} });
  const accepted: Socket[] = [];
  let target = await destination(options.serve ?? ((socket) => void socket.pipe(socket)), accepted);
  const httpServer = createHttpServer().listen(0, "127.0.0.1");
  await once(httpServer, "listening");
  const tunnels: Tunnel[] = [];
  const upgrades: GatewayWorld["upgrades"] = [];
  const authorize: AuthorizeUpgrade = (request, session) => {
    upgrades.push(request.headers as Record<string, string | undefined>);
    return options.authorize ? options.authorize(request, session) : { ok: true, principal: CALLER };
  };
  const agents: Agents = {
    state: () => ({ online: true, connected: world.connected, reasons: [], agentVersion: "3.3.1611.0" }),
    resolve: (...asked) => world.resolve(...asked),
    dial: (instance, { host, port, address }, signal) => world.dial(instance, host, port, signal, address),
  };
  const gateway = startGateway({ httpServer, estate, agents, authorizeUpgrade: authorize, clocks, randomBytes, knobs });
  httpServer.on("upgrade", (_request, socket) => world.upgradeSockets.push(socket));
  const world: GatewayWorld = {
    gateway,
    knobs,
    estate,
    accepted,
    upgrades,
    connected: true,
    events: [],
    upgradeSockets: [],
    resolve: async (_instance, host, port) => ({ host, port, address: addressOf(target) }),
    dial: (_instance, _host, _port, signal, address = addressOf(target)) => dialTo(address.port, signal),
    failOver: async () => {
      const old = target;
      target = await destination(options.serve ?? ((socket) => void socket.pipe(socket)), accepted);
      for (const socket of accepted.splice(0)) socket.destroy();
      await new Promise((resolve) => old.close(resolve));
    },
    start: (owner = CALLER) =>
      gateway.start({
        ...place,
        instanceId: "i-0123456789abcdef0",
        documentName: "sp-payments-dev-app-writer",
        host: "app.cluster-abc.eu-west-2.rds.amazonaws.com",
        portNumber: "5432",
        localPortNumber: "0",
        owner,
      }),
    tunnel: async (more = {}) => {
      const started = world.start();
      const tunnel = await openTunnel({
        ...started,
        resume: async () => gateway.resume(started.sessionId),
        sign: async () => ({ authorization: "AWS4-HMAC-SHA256 test" }),
        clock: systemClock,
        randomBytes,
        connectTimeoutMs: 5_000,
        onEvent: (event) => world.events.push(event),
        ...more,
      });
      tunnels.push(tunnel);
      return tunnel;
    },
    close: async () => {
      for (const tunnel of tunnels) await tunnel.close();
      await gateway.close();
      for (const socket of accepted) socket.destroy();
      httpServer.close();
      httpServer.closeAllConnections();
      target.close();
      await Promise.all([once(httpServer, "close"), once(target, "close")]);
    },
  };
  return world;
}

async function destination(serve: (socket: Socket) => void, accepted: Socket[]): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket);
    socket.on("error", () => undefined);
    serve(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function addressOf(server: Server): { readonly host: string; readonly port: number } {
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

async function dialTo(port: number, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  const abort = (): void => void socket.destroy();
  signal.addEventListener("abort", abort, { once: true });
  await once(socket, "connect");
  signal.removeEventListener("abort", abort);
  return socket;
}
