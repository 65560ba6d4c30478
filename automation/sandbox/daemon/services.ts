import type { Server } from "node:http";
import type { Clock } from "../../core/clock";
import type { Closable } from "../../core/closer";
import type { Estate } from "../account/estate";
import type { Agents, ClusterFaults, ClusterRuntime, SessionGateway } from "../account/ports";
import type { AgentKnobs } from "../agent/agent-knobs";
import type { GatewayFaults } from "../agent/gateway-faults";
import type { SignIn } from "../api/services/sign-in";
import type { Authority } from "../certificates/authority";
import type { AuthorizeAgent } from "../node/agent-conditions";
import type { Control } from "./control";
import type { ServeProvider } from "./provider-instances";

/** What of the machine the daemon touches; its shell hands it in. */
export interface Machine {
  readonly pid: number;
  readonly clock: Clock;
  /** Milliseconds that only grow, for AWS's own delays. */
  readonly monotonic: () => number;
  readonly randomBytes: (size: number) => Buffer;
  /** Finds a module's file, as `require.resolve` does. */
  readonly resolveModule: (module: string) => string;
}

/** What the APIs work on. */
export interface ApiOrder {
  readonly estate: Estate;
  readonly agents: Agents;
  readonly gateway: SessionGateway;
  /** Who signed in to the portal. */
  readonly signIn: SignIn;
  /** Answers the control routes, on the same port. */
  readonly control: Control;
  /** Listens already; the APIs add themselves. */
  readonly server: Server;
}

/** What faults steer of a gateway. */
export interface SteeredGateway {
  readonly faults: GatewayFaults;
  readonly knobs: AgentKnobs;
}

/** The parts that stand on an estate; injected, so that the order of their life is proven without them. */
export interface Services {
  readonly openClusters: (estate: Estate, authority: Authority) => Promise<ClusterRuntime & ClusterFaults & Closable>;
  readonly authorizeAgent: (estate: Estate) => AuthorizeAgent;
  /** Answers WebSocket upgrades on the server. */
  readonly startGateway: (estate: Estate, agents: Agents, server: Server) => SessionGateway & SteeredGateway & Closable;
  readonly addApis: (order: ApiOrder) => void;
  readonly serveProvider: (estate: Estate, clusters: ClusterRuntime) => ServeProvider;
}
