import type { Duplex } from "node:stream";
import {
  ACTION_STATUS,
  decodeHandshakeResponse,
  encodeHandshakeComplete,
  encodeHandshakeRequest,
  type RequestedAction,
} from "../../tunnel/wire/handshake-json";
import { decodeFlag, encodeFlag } from "../../tunnel/wire/flag";
import { FLAGS, PAYLOAD_TYPES } from "../../tunnel/wire/message-types";
import { AgentLink } from "./agent-link";
import { AgentMux } from "./agent-mux";
import type { AgentKnobs } from "./agent-knobs";
import { Uplink } from "./uplink";

/** The real agent's tick of resends, milliseconds. */
const TICK_MS = 100;
/** The agent waits 15 s for the handshake's response. */
const HANDSHAKE_TICKS = 150;

/** What the agent's port session needs. */
export interface AgentPortSessionOptions {
  readonly agentVersion: string;
  readonly host: string;
  readonly portNumber: string;
  readonly knobs: AgentKnobs;
  /** Dials the session's destination from the instance. */
  dial(signal: AbortSignal): Promise<Duplex>;
  /** To the gateway. */
  transmit(frame: Buffer): void;
  /** Whether the gateway's line takes more. */
  lineReady(): boolean;
  /** Takes nothing more from the client for now, or goes on. */
  hold(on: boolean): void;
  /** The agent ended the session; the reason is for the user. */
  ended(reason: string): void;
  /** Milliseconds since the epoch. */
  wall(): number;
  randomBytes(size: number): Buffer;
}

/**
 * What the agent does in a session of a `Port` document (amazon-ssm-agent, `agent/session/plugins/port`): handshake, then a smux
 * server whose streams are connections to one destination. Ends on flag TerminateSession, a failed handshake or broken frames.
 */
export class AgentPortSession {
  private readonly link: AgentLink;
  private readonly uplink: Uplink;
  private readonly mux: AgentMux;
  private readonly over = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private handshake: "waiting" | "complete" = "waiting";
  private ticks = 0;

  constructor(private readonly options: AgentPortSessionOptions) {
    const { knobs } = options;
    this.link = new AgentLink({
      transmit: (frame) => options.transmit(frame),
      deliver: (payloadType, payload) => this.receivePayload(payloadType, payload),
      acknowledged: () => this.uplink.kick(),
      wall: () => options.wall(),
      randomBytes: (size) => options.randomBytes(size),
      resendPerTick: () => knobs.resendPerTick,
    });
    this.uplink = new Uplink({
      payloadBytes: () => knobs.payloadBytes,
      paceMs: () => knobs.paceMs,
      ready: () => this.link.outstanding < knobs.maxUnacknowledged && options.lineReady(),
      send: (payload) => this.link.send(PAYLOAD_TYPES.output, payload),
      drained: () => this.mux.drained(),
    });
    this.mux = new AgentMux({
      dial: () => options.dial(AbortSignal.any([this.over.signal, AbortSignal.timeout(knobs.dialTimeoutMs)])),
      write: (bytes) => this.uplink.write(bytes),
      dialFailed: () => this.link.send(PAYLOAD_TYPES.flag, encodeFlag(FLAGS.connectToPortError)),
      hold: (on) => options.hold(on),
    });
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** Begins the handshake. */
  start(): void {
    if (this.options.knobs.handshake === "silent") return;
    const request = { agentVersion: this.options.agentVersion, actions: this.actions() };
    this.link.send(PAYLOAD_TYPES.handshakeRequest, encodeHandshakeRequest(request));
  }

  /** A frame from the client. */
  receive(frame: Buffer): void {
    if (!this.over.signal.aborted) this.link.receive(frame);
  }

  get openStreams(): number {
    return this.mux.openStreams;
  }

  /** Closes every connection; nothing more is sent. */
  close(): void {
    if (this.over.signal.aborted) return;
    this.over.abort();
    clearInterval(this.timer);
    this.uplink.close();
    this.mux.close();
  }

  private tick(): void {
    this.ticks += 1;
    this.link.tick();
    this.uplink.kick();
    if (this.handshake === "waiting" && this.options.knobs.handshake !== "silent" && this.ticks > HANDSHAKE_TICKS) {
      this.end("Handshake timed out. Please ensure that you have the latest version of the session manager plugin.");
    }
  }

  private actions(): RequestedAction[] {
    const { host, portNumber, knobs } = this.options;
    const properties = { host, portNumber, localPortNumber: "0", type: "LocalPortForwarding" };
    const session = { actionType: "SessionType", parameters: { SessionType: "Port", Properties: properties } };
    if (knobs.handshake === "kms")
      return [{ actionType: "KMSEncryption", parameters: { KMSKeyId: "alias/sessions" } }, session];
    return knobs.handshake === "unknown" ? [session, { actionType: "Teleport", parameters: {} }] : [session];
  }

  private receivePayload(payloadType: number, payload: Buffer): boolean {
    if (payloadType === PAYLOAD_TYPES.flag) this.receiveFlag(payload);
    else if (this.handshake === "waiting") this.receiveResponse(payloadType, payload);
    else if (payloadType === PAYLOAD_TYPES.output) this.receiveData(payload);
    return true;
  }

  private receiveFlag(payload: Buffer): void {
    // Acknowledged first: the client waits for the end, not for an answer.
    if (decodeFlag(payload) === FLAGS.terminateSession) setImmediate(() => this.end(""));
  }

  /** Data before the handshake is complete is acknowledged and thrown away, as the real agent does. */
  private receiveResponse(payloadType: number, payload: Buffer): void {
    if (payloadType !== PAYLOAD_TYPES.handshakeResponse) return;
    const response = decodeHandshakeResponse(payload);
    const failed = response?.actions.find((action) => action.status !== ACTION_STATUS.success);
    if (!response || failed) {
      setImmediate(() => this.end(`Handshake failed: ${failed?.error ?? "unreadable response"}`));
      return;
    }
    this.handshake = "complete";
    const complete = {
      nanoseconds: this.ticks * TICK_MS * 1_000_000,
      customerMessage: this.options.knobs.customerMessage,
    };
    // After the acknowledgement of the response: the plugin expects this order.
    setImmediate(() => {
      if (!this.over.signal.aborted) this.link.send(PAYLOAD_TYPES.handshakeComplete, encodeHandshakeComplete(complete));
    });
  }

  private receiveData(payload: Buffer): void {
    const problem = this.mux.receive(payload);
    if (problem) this.end(`The port session failed: invalid protocol (${problem}).`);
  }

  private end(reason: string): void {
    if (this.over.signal.aborted) return;
    this.close();
    this.options.ended(reason);
  }
}
