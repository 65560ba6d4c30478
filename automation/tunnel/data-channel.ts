import type { Clock } from "../core/clock";
import { terminalText } from "../core/terminal-text";
import type { TunnelLimits } from "./limits";
import { Inbound } from "./reliable-stream/inbound";
import { Outbound } from "./reliable-stream/outbound";
import { Pacer } from "./reliable-stream/pacer";
import { decodeAcknowledge, encodeAcknowledge } from "./wire/acknowledge";
import { decodeMessage, encodeMessage, type AgentMessage, type MessageRejection } from "./wire/agent-message";
import { channelClosedReason } from "./wire/channel-closed";
import { HEADER_FLAGS, MESSAGE_TYPES, PAYLOAD_TYPES } from "./wire/message-types";
import { pooled, randomUuid } from "./wire/uuid";

/** The part of a WebSocket that a channel uses. */
export interface ChannelSocket {
  send(data: Buffer | string, written?: (error?: Error) => void): void;
}

/** What a channel is connected to. */
export interface ChannelUser {
  /** Whether `take` has something. */
  hasData(): boolean;
  /** At most about `bytes` of data to send; `undefined` if there is none. */
  take(bytes: number): Buffer | undefined;
  /** A sequenced payload, in order, once. */
  payload(payloadType: number, payload: Buffer): void;
  acknowledged(sequence: number): void;
  /** The gateway holds (`true`) or goes on (`false`). */
  paused(on: boolean): void;
  /** `channel_closed`: the session is over. */
  sessionEnded(reason: string): void;
}

/** Frames that were dropped, by reason; for diagnosis. */
export type Dropped = Partial<Record<MessageRejection | "unknown-type", number>>;

/**
 * Sequenced payloads over a message socket: acknowledges, orders, resends, paces. The socket belongs to the caller, as does time:
 * `tick` is to be called about every `tickMs`. Nothing is written before `opened` says that OpenDataChannel is on its way, and no
 * data before `startData`: the agent acknowledges and throws away what comes before its handshake is complete.
 */
export class DataChannel {
  readonly dropped: Dropped = {};
  private readonly outbound: Outbound;
  private readonly inbound: Inbound<AgentMessage>;
  private readonly pacer: Pacer;
  private readonly randomBytes: (size: number) => Buffer;
  private socket: ChannelSocket | undefined;
  private opening: ChannelSocket | undefined;
  private held = false;
  private dataStarted = false;
  private pumpPlanned = false;
  /** Whether the socket was read at the last tick. */
  private heard = true;
  private tickedAt: number;

  constructor(
    private readonly limits: TunnelLimits,
    private readonly clock: Clock,
    randomBytes: (size: number) => Buffer,
    private readonly user: ChannelUser,
  ) {
    this.randomBytes = pooled(randomBytes);
    this.outbound = new Outbound((...message) => this.frameOf(...message), limits, clock.now());
    this.inbound = new Inbound(limits);
    this.pacer = new Pacer(limits, clock.now());
    this.tickedAt = clock.now();
  }

  /** Messages sent so far, and how often one of them was sent again. */
  get messages(): { readonly sent: number; readonly again: number } {
    return { sent: this.outbound.sent, again: this.outbound.resent };
  }

  /** Messages that the other side has not acknowledged yet. */
  get unacknowledged(): number {
    return this.outbound.unacknowledged;
  }

  /** Milliseconds without any acknowledgement while something waits for one. */
  get stalledMs(): number {
    return this.outbound.stalledFor(this.clock.now());
  }

  /**
   * A socket is open, the first or another one: OpenDataChannel goes first, as TEXT; everything else waits until it is written.
   * Then what was not acknowledged goes again, in order; numbers go on.
   */
  opened(socket: ChannelSocket, openDataChannel: string): Promise<void> {
    this.opening = socket;
    return new Promise((resolve, reject) => {
      socket.send(openDataChannel, (error) => {
        if (error) return reject(error);
        // It may have been lost before its first frame was out.
        if (this.opening === socket) this.attach(socket);
        resolve();
      });
    });
  }

  /** The socket is gone: nothing more is written, and no time is counted, until another one is `opened`. */
  lost(): void {
    this.socket = this.opening = undefined;
    this.outbound.pause(this.clock.now());
  }

  /** Time that nobody lived through, e.g. a laptop's sleep, milliseconds. */
  skip(ms: number): void {
    this.outbound.skip(ms, this.clock.now());
  }

  /** Sends a handshake or flag payload at once; answers its number. */
  send(payloadType: number, payload: Buffer): number {
    const { sequence, frame } = this.outbound.send(payloadType, payload, this.clock.now());
    this.pacer.spend(this.clock.now());
    this.socket?.send(frame);
    return sequence;
  }

  /** From now on data may flow. */
  startData(): void {
    this.dataStarted = true;
    this.pumpSoon();
  }

  /** Sends now what the window allows. */
  flush(): void {
    this.pump();
  }

  /** There is data to take: sent when the turn of the event loop ends, so that small writes travel together. */
  pumpSoon(): void {
    if (this.pumpPlanned || !this.dataStarted) return;
    this.pumpPlanned = true;
    setImmediate(() => {
      this.pumpPlanned = false;
      this.pump();
    });
  }

  /** A binary frame arrived. Frames that cannot be read are dropped and counted. */
  receive(frame: Buffer): void {
    const decoded = decodeMessage(frame);
    if (!decoded.ok) return this.drop(decoded.rejection);
    const { message } = decoded;
    switch (message.type) {
      case MESSAGE_TYPES.pausePublication:
        return this.hold();
      case MESSAGE_TYPES.channelClosed:
        return this.user.sessionEnded(terminalText(channelClosedReason(message.payload)));
      case MESSAGE_TYPES.startPublication:
        return this.goOn();
      case MESSAGE_TYPES.acknowledge:
        this.goOn();
        return this.acknowledged(message);
      case MESSAGE_TYPES.output:
        this.goOn();
        return this.sequenced(message);
      default:
        return this.drop("unknown-type");
    }
  }

  /**
   * Resends what is due. Answers whether the other side still acknowledges; `false` after `giveUpMs` without. `hearing` is whether the
   * socket is read: while it is not, acknowledgements wait in it, so that nothing is due and nobody is late.
   */
  tick(hearing: boolean): boolean {
    const now = this.clock.now();
    // What waited in the socket is read between this tick and the next.
    if (!hearing || !this.heard) this.outbound.skip(now - this.tickedAt, now);
    this.heard = hearing;
    this.tickedAt = now;
    for (const frame of this.socket && hearing ? this.outbound.due(now) : []) {
      this.pacer.spend(now);
      this.socket?.send(frame);
    }
    this.pump();
    return this.outbound.stalledFor(now) < this.limits.giveUpMs;
  }

  private attach(socket: ChannelSocket): void {
    const now = this.clock.now();
    this.socket = socket;
    this.outbound.resume(now);
    this.outbound.reattach(now);
    if (this.held) this.user.paused(false);
    this.held = false;
    this.pump();
  }

  private pump(): void {
    while (this.socket && this.outbound.replaying) {
      const now = this.clock.now();
      if (!this.pacer.tryData(now)) return this.pumpAfter(this.pacer.waitMs(now));
      const frame = this.outbound.nextReplay(now);
      if (frame) this.socket.send(frame);
    }
    while (this.socket && this.dataStarted && this.outbound.open && this.user.hasData()) {
      const now = this.clock.now();
      if (!this.pacer.tryData(now)) return this.pumpAfter(this.pacer.waitMs(now));
      const bytes = this.user.take(this.limits.payloadBytes);
      if (bytes) this.socket.send(this.outbound.send(PAYLOAD_TYPES.output, bytes, now).frame);
    }
  }

  private pumpAfter(ms: number): void {
    if (this.pumpPlanned) return;
    this.pumpPlanned = true;
    void this.clock.sleep(ms).then(() => {
      this.pumpPlanned = false;
      this.pump();
    });
  }

  private acknowledged(message: AgentMessage): void {
    const sequence = decodeAcknowledge(message.payload);
    if (sequence === undefined || !this.outbound.acknowledge(sequence, this.clock.now())) return;
    this.user.acknowledged(sequence);
    this.pumpSoon();
  }

  private sequenced(message: AgentMessage): void {
    const { acknowledge, deliver } = this.inbound.receive(message);
    if (acknowledge) {
      this.pacer.spend(this.clock.now());
      this.socket?.send(encodeAcknowledge(message, this.identity()));
    }
    for (const next of deliver) this.user.payload(next.payloadType, next.payload);
  }

  private hold(): void {
    if (this.held || !this.socket) return;
    this.held = true;
    this.outbound.pause(this.clock.now());
    this.user.paused(true);
  }

  /** Any sign of the other end means that it is attached again. */
  private goOn(): void {
    if (!this.held || !this.socket) return;
    this.held = false;
    this.outbound.resume(this.clock.now());
    this.user.paused(false);
    this.pumpSoon();
  }

  private drop(reason: keyof Dropped): void {
    this.dropped[reason] = (this.dropped[reason] ?? 0) + 1;
  }

  private frameOf(sequence: number, payloadType: number, payload: Buffer): Buffer {
    return encodeMessage({
      ...this.identity(),
      type: MESSAGE_TYPES.input,
      sequence,
      flags: HEADER_FLAGS.none,
      payloadType,
      payload,
    });
  }

  private identity(): { readonly id: string; readonly createdDate: number } {
    return { id: randomUuid(this.randomBytes), createdDate: this.clock.now() };
  }
}
