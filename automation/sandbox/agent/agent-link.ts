import { decodeAcknowledge, encodeAcknowledge } from "../../tunnel/wire/acknowledge";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../tunnel/wire/agent-message";
import { HEADER_FLAGS, MESSAGE_TYPES } from "../../tunnel/wire/message-types";
import { randomUuid } from "../../tunnel/wire/uuid";

/** Early messages kept at most; the real agent keeps 100,000. */
const MAX_EARLY = 10_000;
/** A message is sent again when so many ticks (of about 100 ms) went by without its acknowledgement. */
const RESEND_AFTER_TICKS = 2;

/** What an agent's end of the line needs. */
export interface AgentLinkOptions {
  transmit(frame: Buffer): void;
  /** A payload, in order, once. `false`: not ready, do not acknowledge; it will come again. */
  deliver(payloadType: number, payload: Buffer): boolean;
  acknowledged(): void;
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
  /** Frames that were no acceptable message. */
  dropped = 0;

  constructor(private readonly options: AgentLinkOptions) {}

  get outstanding(): number {
    return this.unacknowledged.size;
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
    this.options.transmit(frame);
  }

  receive(frame: Buffer): void {
    const decoded = decodeMessage(frame);
    if (!decoded.ok) this.dropped += 1;
    else if (decoded.message.type === MESSAGE_TYPES.acknowledge) this.settle(decoded.message);
    else if (decoded.message.type === MESSAGE_TYPES.input) this.sequenced(decoded.message);
    else this.dropped += 1;
  }

  /** To be called about every 100 ms. */
  tick(): void {
    this.ticks += 1;
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
    if (sequence !== undefined && this.unacknowledged.delete(sequence)) this.options.acknowledged();
  }

  private sequenced(message: AgentMessage): void {
    if (message.sequence < this.expected || this.early.has(message.sequence)) return this.acknowledge(message);
    if (message.sequence > this.expected) {
      if (this.early.size >= MAX_EARLY) return;
      this.early.set(message.sequence, message);
      return this.acknowledge(message);
    }
    if (!this.options.deliver(message.payloadType, message.payload)) return;
    this.expected += 1;
    this.acknowledge(message);
    for (let next = this.early.get(this.expected); next; next = this.early.get(this.expected)) {
      this.early.delete(this.expected);
      this.expected += 1;
      this.options.deliver(next.payloadType, next.payload);
    }
  }

  private acknowledge(message: AgentMessage): void {
    this.options.transmit(encodeAcknowledge(message, this.identity()));
  }

  private identity(): { readonly id: string; readonly createdDate: number } {
    return { id: randomUuid((size) => this.options.randomBytes(size)), createdDate: this.options.wall() };
  }
}
