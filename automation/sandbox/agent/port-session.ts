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

/** Opens a connection to the session's destination, from the instance. */
export type Dial = (signal: AbortSignal) => Promise<Duplex>;

/** What the agent's port session needs. */
export interface AgentPortSessionOptions {
  readonly agentVersion: string;
  readonly host: string;
  readonly portNumber: string;
  readonly localPortNumber: string;
  readonly knobs: AgentKnobs;
  /**
   * Looks the session's host up, once; answers how to dial what was found. Rejects with the sentence that ends the session.
   */
  resolve(): Promise<Dial>;
  /** To the gateway. */
  transmit(frame: Buffer): void;
  /** Whether the gateway's line takes more. */
  lineReady(): boolean;
  /** Takes nothing more from the client for now, or goes on. */
  hold(on: boolean): void;
  /** The agent's socket died as `loseAcknowledgement` wanted it. */
  socketLost(): void;
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
  /** How to reach the destination as it was found; the mux is up from then on. */
  private dial: Dial | undefined;
  private ticks = 0;

  constructor(private readonly options: AgentPortSessionOptions) {
    const { knobs } = options;
    this.link = new AgentLink({
      transmit: (frame) => options.transmit(frame),
      deliver: (payloadType, payload) => this.receivePayload(payloadType, payload),
      acknowledged: () => this.uplink.kick(),
      lost: () => options.socketLost(),
      wall: () => options.wall(),
      randomBytes: (size) => options.randomBytes(size),
      resendPerTick: () => knobs.resendPerTick,
    });
    this.uplink = new Uplink({
      payloadBytes: () => knobs.payloadBytes,
      paceMs: () => knobs.paceMs,
      ready: () => this.mayUpload && options.lineReady(),
      send: (payload) => this.link.send(PAYLOAD_TYPES.output, payload),
      drained: () => this.mux.drained(),
    });
    this.mux = new AgentMux({
      dial: async () => {
        if (!this.dial) throw new Error("the destination is not resolved");
        return this.dial(AbortSignal.any([this.over.signal, AbortSignal.timeout(knobs.dialTimeoutMs)]));
      },
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

  /** The gateway's word to the agent: send nothing, or go on. */
  publish(on: boolean): void {
    this.link.publish(on);
    if (on) this.uplink.kick();
  }

  /** The line is another one, or the agent's own socket was: what is not acknowledged may be lost. */
  reconnected(): void {
    this.link.resendAll();
    this.uplink.kick();
  }

  /** The agent's socket dies before the next acknowledgement: that message is processed twice. */
  loseAcknowledgement(): void {
    this.link.loseAcknowledgement();
  }

  /** Closes every connection; nothing more is sent. */
  close(): void {
    if (this.over.signal.aborted) return;
    this.over.abort();
    clearInterval(this.timer);
    this.uplink.close();
    this.mux.close();
  }

  private get mayUpload(): boolean {
    const { paused, heavy, outstanding } = this.link;
    return !paused && !heavy && outstanding < this.options.knobs.maxUnacknowledged;
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
    const { host, portNumber, localPortNumber, knobs } = this.options;
    const properties = { host, portNumber, localPortNumber, type: "LocalPortForwarding" };
    const session = { actionType: "SessionType", parameters: { SessionType: "Port", Properties: properties } };
    if (knobs.handshake === "kms")
      return [{ actionType: "KMSEncryption", parameters: { KMSKeyId: "alias/sessions" } }, session];
    return knobs.handshake === "unknown" ? [session, { actionType: "Teleport", parameters: {} }] : [session];
  }

  private receivePayload(payloadType: number, payload: Buffer): boolean {
    if (payloadType === PAYLOAD_TYPES.flag) this.receiveFlag(payload);
    else if (this.handshake === "waiting") this.receiveResponse(payloadType, payload);
    else if (payloadType === PAYLOAD_TYPES.output) {
      // Neither acknowledged nor kept: "handler not ready", or the pipe to the mux is full. The client sends it again.
      if (!this.dial || this.mux.full) return false;
      this.receiveData(payload);
    }
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
      if (this.over.signal.aborted) return;
      this.link.send(PAYLOAD_TYPES.handshakeComplete, encodeHandshakeComplete(complete));
      void this.resolve();
    });
  }

  /** Once a session: what changes in DNS later needs a new session. */
  private async resolve(): Promise<void> {
    try {
      this.dial = await this.options.resolve();
    } catch (error) {
      this.end(error instanceof Error ? error.message : String(error));
    }
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
