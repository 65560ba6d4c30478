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

/** The agents of an estate, by instance id. */
export interface Agents {
  state(instance: CloudObject): NodeState;
  /**
   * Dials as the agent does: resolves the name in the VPC, obeys security groups. Never answers when a rule is missing
   * (a time-out, as in AWS); rejects with ECONNREFUSED or ENOTFOUND otherwise.
   */
  dial(instance: CloudObject, host: string, port: number, signal: AbortSignal): Promise<Duplex>;
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
