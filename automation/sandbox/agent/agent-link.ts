import { decodeAcknowledge, encodeAcknowledge } from "../../tunnel/wire/acknowledge";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../tunnel/wire/agent-message";
import { HEADER_FLAGS, MESSAGE_TYPES } from "../../tunnel/wire/message-types";
import { randomUuid } from "../../tunnel/wire/uuid";

/** Early messages kept at most; the real agent keeps 100,000, of any size. */
const MAX_EARLY = 10_000;
const MAX_EARLY_BYTES = 32 * 1024 * 1024;
/** Bytes sent and not acknowledged at which it is heavy; the real agent keeps 100,000 payloads of 1,024. */
const MAX_UNACKNOWLEDGED_BYTES = 32 * 1024 * 1024;
/** A message is sent again when so many ticks (of about 100 ms) went by without its acknowledgement. */
const RESEND_AFTER_TICKS = 2;

/** What an agent's end of the line needs. */
export interface AgentLinkOptions {
  transmit(frame: Buffer): void;
  /** A payload, in order, once. `false`: not ready, do not acknowledge; it will come again. */
  deliver(payloadType: number, payload: Buffer): boolean;
  acknowledged(): void;
  /** The acknowledgement that was to be lost is lost. */
  lost(): void;
  /** Milliseconds since the epoch. */
  wall(): number;
  randomBytes(size: number): Buffer;
  /** How many of the oldest messages a tick looks at. */
  resendPerTick(): number;
}

/**
 * The agent's end of the reliable stream, as amazon-ssm-agent's `agent/session/datachannel/datachannel.go` has it and independent
 * of the client's: processes, then acknowledges; acknowledges old messages again; resends only the oldest; never gives up.
 */
export class AgentLink {
  private nextOut = 0;
  private expected = 0;
  private ticks = 0;
  private readonly unacknowledged = new Map<number, { readonly frame: Buffer; tick: number }>();
  private readonly early = new Map<number, AgentMessage>();
  private earlyBytes = 0;
  private unacknowledgedBytes = 0;
  private losesNext = false;
  /** Whether the gateway asked for silence: messages are queued, not sent. */
  paused = false;
  /** Frames that were no acceptable message. */
  dropped = 0;

  constructor(private readonly options: AgentLinkOptions) {}

  get outstanding(): number {
    return this.unacknowledged.size;
  }

  /** Whether more than it should keep waits for acknowledgements, by bytes. */
  get heavy(): boolean {
    return this.unacknowledgedBytes > MAX_UNACKNOWLEDGED_BYTES;
  }

  send(payloadType: number, payload: Buffer): void {
    const sequence = this.nextOut++;
    const flags = sequence === 0 ? HEADER_FLAGS.syn : HEADER_FLAGS.none;
    const frame = encodeMessage({
      ...this.identity(),
      type: MESSAGE_TYPES.output,
      sequence,
      flags,
      payloadType,
      payload,
    });
    this.unacknowledged.set(sequence, { frame, tick: this.ticks });
    this.unacknowledgedBytes += frame.length;
    if (!this.paused) this.options.transmit(frame);
  }

  /** Obeys `pause_publication` (`false`) or `start_publication`. */
  publish(on: boolean): void {
    const begins = on && this.paused;
    this.paused = !on;
    if (begins) this.resendAll();
  }

  /** Sends everything again that is not acknowledged, in order: the channel was another one. */
  resendAll(): void {
    if (this.paused) return;
    for (const message of this.unacknowledged.values()) {
      message.tick = this.ticks;
      this.options.transmit(message.frame);
    }
  }

  /**
   * The next message in order is processed, but neither acknowledged nor counted, so that it is processed again when it comes
   * again: what the real agent does when its socket dies at that moment.
   */
  loseAcknowledgement(): void {
    this.losesNext = true;
  }

  receive(frame: Buffer): void {
    const decoded = decodeMessage(frame);
    if (!decoded.ok) this.dropped += 1;
    else if (decoded.message.type === MESSAGE_TYPES.acknowledge) this.settle(decoded.message);
    else if (decoded.message.type === MESSAGE_TYPES.input) this.sequenced(decoded.message);
    else this.dropped += 1;
    // Whatever the client sends shows that it is there.
    if (decoded.ok && this.paused) this.publish(true);
  }

  /** To be called about every 100 ms. */
  tick(): void {
    this.ticks += 1;
    this.drain();
    if (this.paused) return;
    let looked = 0;
    for (const message of this.unacknowledged.values()) {
      if (looked++ >= this.options.resendPerTick()) return;
      if (this.ticks - message.tick < RESEND_AFTER_TICKS) continue;
      message.tick = this.ticks;
      this.options.transmit(message.frame);
    }
  }

  private settle(message: AgentMessage): void {
    const sequence = decodeAcknowledge(message.payload);
    const settled = sequence === undefined ? undefined : this.unacknowledged.get(sequence);
    if (sequence === undefined || !settled) return;
    this.unacknowledged.delete(sequence);
    this.unacknowledgedBytes -= settled.frame.length;
    this.options.acknowledged();
  }

  private sequenced(message: AgentMessage): void {
    if (message.sequence < this.expected || this.early.has(message.sequence)) return this.acknowledge(message);
    if (message.sequence > this.expected) {
      return this.keep(message);
    }
    if (!this.options.deliver(message.payloadType, message.payload)) return;
    if (this.losesNext) {
      this.losesNext = false;
      return this.options.lost();
    }
    this.expected += 1;
    this.acknowledge(message);
    this.drain();
  }

  /** What came early is acknowledged and so promised; beyond the limits it is neither. */
  private keep(message: AgentMessage): void {
    const { length } = message.payload;
    if (this.early.size >= MAX_EARLY || this.earlyBytes + length > MAX_EARLY_BYTES) return;
    this.early.set(message.sequence, message);
    this.earlyBytes += length;
    this.acknowledge(message);
  }

  private drain(): void {
    for (let next = this.early.get(this.expected); next; next = this.early.get(this.expected)) {
      // It will be tried again at the next tick: nobody sends it again.
      if (!this.options.deliver(next.payloadType, next.payload)) return;
      this.early.delete(this.expected);
      this.earlyBytes -= next.payload.length;
      this.expected += 1;
    }
  }

  private acknowledge(message: AgentMessage): void {
    this.options.transmit(encodeAcknowledge(message, this.identity()));
  }

  private identity(): { readonly id: string; readonly createdDate: number } {
    return { id: randomUuid((size) => this.options.randomBytes(size)), createdDate: this.options.wall() };
  }
}
