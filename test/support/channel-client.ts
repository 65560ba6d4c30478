import { randomBytes } from "node:crypto";
import { once } from "node:events";
import WebSocket from "ws";
import { decodeAcknowledge, encodeAcknowledge } from "../../automation/tunnel/wire/acknowledge";
import { decodeMessage, encodeMessage, type AgentMessage } from "../../automation/tunnel/wire/agent-message";
import { channelClosedReason } from "../../automation/tunnel/wire/channel-closed";
import { encodeHandshakeResponse } from "../../automation/tunnel/wire/handshake-json";
import { SmuxDecoder, encodeSmux, encodeSmuxData } from "../../automation/tunnel/wire/smux-frame";
import { randomUuid } from "../../automation/tunnel/wire/uuid";

const RESEND_MS = 150;

/**
 * A client of the data channel written for the tests of gateway and agent, independent of the product's: orders, acknowledges (old
 * messages too), resends without limit, and opens another socket when told to. It keeps everything that it saw.
 */
export class ChannelClient {
  /** Messages as they came, again and out of order too. */
  readonly frames: AgentMessage[] = [];
  /** Sequence numbers of what was sent, once for each time. */
  readonly sent: number[] = [];
  /** Payload types of what came in order, once. */
  readonly payloads: number[] = [];
  readonly streams = new Map<number, Buffer[]>();
  readonly ended = new Set<number>();
  /** Code and reason of each socket's end. */
  readonly closes: string[] = [];
  /** The reason in `channel_closed`, once it came. */
  over: string | undefined;
  /** Acknowledges what comes, unless a test says no. */
  acknowledges = true;
  socket: WebSocket | undefined;
  private nextOut = 0;
  private expected = 0;
  private readonly unacknowledged = new Map<number, Buffer>();
  private readonly early = new Map<number, AgentMessage>();
  private readonly decoder = new SmuxDecoder();
  private readonly waiting = new Set<() => void>();
  private readonly timer = setInterval(() => {
    this.resend();
    this.changed();
  }, RESEND_MS);

  /** Opens a socket at a session's address; everything not acknowledged is sent again. */
  async open(access: { readonly tokenValue: string; readonly streamUrl: string }): Promise<this> {
    const socket = new WebSocket(access.streamUrl, { perMessageDeflate: false });
    this.socket = socket;
    socket.on("error", () => undefined);
    socket.on("message", (data) => this.receive(data as Buffer));
    socket.on("close", (code, reason) => {
      this.closes.push(`${code} ${reason.toString()}`.trim());
      this.changed();
    });
    await once(socket, "open");
    socket.send(JSON.stringify({ MessageSchemaVersion: "1.0", TokenValue: access.tokenValue }));
    this.resend();
    return this;
  }

  /** Until something holds; looked at whenever anything came, and now and then. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Until HandshakeComplete. */
  ready(): Promise<void> {
    return this.until(() => this.payloads.includes(7));
  }

  /** Messages not acknowledged by the agent. */
  get outstanding(): number {
    return this.unacknowledged.size;
  }

  send(payloadType: number, payload: Buffer): void {
    const sequence = this.nextOut++;
    const type = "input_stream_data";
    const frame = encodeMessage({ ...identity(), type, sequence, flags: 0, payloadType, payload });
    this.unacknowledged.set(sequence, frame);
    this.transmit(frame, sequence);
  }

  syn(id: number): void {
    this.send(1, encodeSmux("syn", id));
  }

  fin(id: number): void {
    this.send(1, encodeSmux("fin", id));
  }

  write(id: number, data: Buffer | string): void {
    const bytes = Buffer.from(data);
    for (let at = 0; at < bytes.length; at += 16_384)
      this.send(1, Buffer.concat(encodeSmuxData(id, bytes.subarray(at, at + 16_384))));
  }

  got(id: number): Buffer {
    return Buffer.concat(this.streams.get(id) ?? []);
  }

  /** Stops; the session is left to itself. */
  close(): void {
    clearInterval(this.timer);
    this.socket?.terminate();
  }

  private resend(): void {
    for (const [sequence, frame] of [...this.unacknowledged].slice(0, 64)) this.transmit(frame, sequence);
  }

  private transmit(frame: Buffer, sequence?: number): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(frame);
    if (sequence !== undefined) this.sent.push(sequence);
  }

  private receive(frame: Buffer): void {
    const decoded = decodeMessage(frame);
    if (decoded.ok) this.take(decoded.message);
    this.changed();
  }

  private take(message: AgentMessage): void {
    this.frames.push(message);
    if (message.type === "channel_closed") this.over = channelClosedReason(message.payload);
    if (message.type === "acknowledge") this.unacknowledged.delete(decodeAcknowledge(message.payload) ?? -1);
    if (message.type !== "output_stream_data") return;
    if (this.acknowledges) this.transmit(encodeAcknowledge(message, identity()));
    if (message.sequence >= this.expected) this.early.set(message.sequence, message);
    for (let next = this.early.get(this.expected); next; next = this.early.get(this.expected)) {
      this.early.delete(this.expected);
      this.expected += 1;
      this.deliver(next);
    }
  }

  private deliver({ payloadType, payload }: AgentMessage): void {
    this.payloads.push(payloadType);
    const actions = [{ actionType: "SessionType", status: 1, error: "" }];
    if (payloadType === 5) this.send(6, encodeHandshakeResponse({ clientVersion: "1.2.835.0", actions, errors: [] }));
    if (payloadType !== 1) return;
    const { events, problem } = this.decoder.push(payload);
    if (problem) throw new Error(`the agent's smux is broken: ${problem}`);
    for (const event of events) {
      if (event.kind === "fin") this.ended.add(event.streamId);
      if (event.kind !== "data") continue;
      const pieces = this.streams.get(event.streamId);
      if (pieces) pieces.push(Buffer.from(event.data));
      else this.streams.set(event.streamId, [Buffer.from(event.data)]);
    }
  }

  private changed(): void {
    for (const look of [...this.waiting]) look();
  }
}

function identity(): { readonly id: string; readonly createdDate: number } {
  return { id: randomUuid(randomBytes), createdDate: 1_700_000_000_000 };
}
