import type { Duplex } from "node:stream";
import type { CloudObject, Principal } from "./estate";

/** What a simulated cluster runs on. The account's provider calls it; PostgreSQL and the TLS endpoint stand behind it. */
export interface ClusterRuntime {
  /** Claims the warm PostgreSQL, makes the master user, starts the TLS endpoint that bears the cluster's names. */
  create(cluster: CloudObject, master: { readonly username: string; readonly password: string }): Promise<void>;
  /** Stops and destroys; unknown clusters are no error. */
  delete(cluster: CloudObject): Promise<void>;
  /** The loopback address behind an endpoint name of a running cluster (writer or reader), if there is one. */
  resolve(host: string, port: number): { readonly host: string; readonly port: number } | undefined;
}

/** What can happen to a cluster. */
export interface ClusterFaults {
  /** The endpoints get another address: connections are cut, the old address refuses. Unknown clusters are no error. */
  failOver(cluster: CloudObject): Promise<void>;
}

/** What Session Manager knows of a managed node, computed from the account's state (aws-simulator B1, B2). */
export interface NodeState {
  /** Ever registered and heartbeat alive: listed by DescribeInstanceInformation. */
  readonly online: boolean;
  /** Control channel open: GetConnectionStatus says `connected`, StartSession is possible. */
  readonly connected: boolean;
  /** Why not, for `sandbox status`; never shown by the simulated APIs. */
  readonly reasons: readonly string[];
  readonly agentVersion: string;
}

/** Where a session's connections go: what its agent found when the session began, and keeps. */
export interface Destination {
  /** As the session's document names it. */
  readonly host: string;
  readonly port: number;
  /** The loopback address that was behind the name; undefined: nothing listened there yet, or never will. */
  readonly address: { readonly host: string; readonly port: number } | undefined;
}

/** The agents of an estate, by instance id. */
export interface Agents {
  state(instance: CloudObject): NodeState;
  /**
   * Looks a host up as the agent does, once a session: the name in the VPC, and what it never forwards to. Rejects with the
   * sentence that ends the session: `lookup HOST: no such host`, `Forwarding to IP address HOST is forbidden.`
   */
  resolve(instance: CloudObject, host: string, port: number): Promise<Destination>;
  /**
   * Dials as the agent does: obeys security groups, knows no names. Never answers when a rule is missing (a time-out, as in
   * AWS); rejects with ECONNREFUSED otherwise, also at an address that a fail-over has left.
   */
  dial(instance: CloudObject, destination: Destination, signal: AbortSignal): Promise<Duplex>;
}

/** A port session as StartSession creates it. */
export interface PortSession {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
  readonly documentName: string;
  readonly host: string;
  readonly portNumber: string;
  /** As the document and its caller want it; the agent hands it to the client in the handshake. */
  readonly localPortNumber: string;
  readonly owner: Principal;
  /** Wall time, milliseconds. */
  readonly startedAt: number;
  state: "connecting" | "connected" | "terminated";
}

/** What opens a session's channel, once. */
export interface ChannelAccess {
  readonly sessionId: string;
  readonly tokenValue: string;
  readonly streamUrl: string;
}

/** The data-channel gateway: sessions begin in the API and live on its WebSocket. */
export interface SessionGateway {
  start(session: Omit<PortSession, "id" | "startedAt" | "state">): ChannelAccess;
  /** A fresh token and address for a session whose channel was lost; undefined if the session is over. */
  resume(sessionId: string): ChannelAccess | undefined;
  get(sessionId: string): PortSession | undefined;
  list(): readonly PortSession[];
  /** Ends the session and its channel; unknown or ended sessions are no error. */
  terminate(sessionId: string): void;
}
