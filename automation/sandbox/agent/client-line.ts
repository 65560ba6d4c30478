import type WebSocket from "ws";
import { encodeMessage } from "../../tunnel/wire/agent-message";
import { encodeChannelClosed } from "../../tunnel/wire/channel-closed";
import { HEADER_FLAGS, MESSAGE_TYPES, PAYLOAD_TYPES } from "../../tunnel/wire/message-types";
import { decodeOpenDataChannel } from "../../tunnel/wire/open-data-channel";
import { randomUuid } from "../../tunnel/wire/uuid";
import { CLOSE_REASONS, CUT } from "./close-reasons";
import { MessageRate } from "./message-rate";
import type { AgentKnobs } from "./agent-knobs";
import { FaultyLine } from "./faulty-line";

/** How long a socket may stay without its first frame, milliseconds. */
const FIRST_FRAME_MS = 10_000;
/** Bytes written and not yet taken by the network at which the agent is told to wait. */
const LINE_BYTES = 4 * 1024 * 1024;

/** What a line to a client needs. */
export interface ClientLineOptions {
  readonly sessionId: string;
  readonly knobs: AgentKnobs;
  /** Whether the token opens the channel; asked once. */
  readonly open: (token: string) => boolean;
  /** The channel is open. */
  readonly attached: () => void;
  /** A binary frame from the client. */
  readonly frame: (frame: Buffer) => void;
  /** The socket is gone. */
  readonly detached: () => void;
  /** Milliseconds since the epoch. */
  readonly wall: () => number;
  readonly randomBytes: (size: number) => Buffer;
}

/** The gateway's end of one client's WebSocket: checks the first frame, then relays binary frames both ways, through the fault knobs. */
export class ClientLine {
  /** The first frame decides, once: what follows a refusal is not looked at. */
  private state: "waiting" | "opened" | "refused" = "waiting";
  private bytes = 0;
  private readonly rate: MessageRate;
  private readonly toAgent: FaultyLine;
  private readonly toClient: FaultyLine;
  private readonly firstFrame: NodeJS.Timeout;

  constructor(
    private readonly socket: WebSocket,
    private readonly options: ClientLineOptions,
  ) {
    const { knobs } = options;
    const random = (size: number): Buffer => options.randomBytes(size);
    this.toAgent = new FaultyLine(knobs.toAgent, random, (frame) => options.frame(frame));
    this.toClient = new FaultyLine(knobs.toClient, random, (frame) => this.write(frame));
    this.rate = new MessageRate(() => knobs.messagesPerSecond);
    this.firstFrame = setTimeout(() => socket.close(1000, "Bye"), FIRST_FRAME_MS);
    socket.on("message", (data, isBinary) => this.receive(data as Buffer, isBinary));
    // The server does not answer pings by itself: a silent gateway must not.
    socket.on("ping", (data) => knobs.silentGateway || socket.pong(data));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => this.gone());
  }

  /** Whether the network takes more. */
  get ready(): boolean {
    return this.isOpen && !this.options.knobs.silentGateway && this.socket.bufferedAmount < LINE_BYTES;
  }

  /** A frame of the agent. */
  send(frame: Buffer): void {
    if (this.isOpen && !this.options.knobs.silentGateway) this.toClient.send(frame);
  }

  /** To be called about every 100 ms. */
  tick(): void {
    const verdict = this.rate.tick();
    if (verdict === "close") this.close(1000);
    else if (verdict) this.publish(verdict === "start");
  }

  /** Tells the client to go on, or to send nothing for now. */
  publish(on: boolean): void {
    if (this.isOpen) this.socket.send(this.publication(on));
  }

  /** Closes the socket with a code of CLOSE_REASONS; the session stays. */
  close(code: number): void {
    if (code === CUT) return this.cut();
    // A socket that is not read would not see the other side's close.
    this.socket.resume();
    this.socket.close(code, CLOSE_REASONS[code]);
  }

  /** Stops or goes on reading what the client sends. */
  hold(on: boolean): void {
    if (on) this.socket.pause();
    else this.socket.resume();
  }

  /** `channel_closed`, then the end of the socket. */
  end(reason: string): void {
    this.toClient.close();
    if (!this.isOpen) return;
    const { sessionId, wall, randomBytes } = this.options;
    const messageId = randomUuid(randomBytes);
    this.socket.send(encodeChannelClosed({ sessionId, messageId, createdDate: wall(), output: reason }));
    this.socket.resume();
    this.socket.close(1000);
  }

  /** Cuts the socket without a word. */
  cut(): void {
    this.socket.terminate();
  }

  private get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  private receive(data: Buffer, isBinary: boolean): void {
    if (this.options.knobs.silentGateway) return;
    if (this.state === "waiting") this.openWith(isBinary ? "" : data.toString());
    else if (isBinary && this.state === "opened") {
      this.rate.message();
      this.toAgent.send(data);
      this.passed(data);
    }
  }

  private write(frame: Buffer): void {
    if (!this.isOpen) return;
    this.socket.send(frame);
    this.passed(frame);
  }

  private passed(frame: Buffer): void {
    const { closeAfterBytes, closeAfterCode } = this.options.knobs;
    this.bytes += frame.length;
    if (closeAfterBytes > 0 && this.bytes >= closeAfterBytes && this.isOpen) this.close(closeAfterCode);
  }

  private openWith(text: string): void {
    clearTimeout(this.firstFrame);
    const { sessionId, open, attached } = this.options;
    const token = decodeOpenDataChannel(text)?.tokenValue ?? "";
    if (token === "") return this.refuse(`Channel ${sessionId}: request to open data channel does not contain token.`);
    // AWS's words for a wrong or used token are not known; the code is that of a missing one.
    if (!open(token)) return this.refuse(`Channel ${sessionId}: token is invalid or expired.`);
    this.state = "opened";
    this.publish(true);
    attached();
  }

  private refuse(reason: string): void {
    this.state = "refused";
    this.socket.close(1003, reason.slice(0, 123));
  }

  private publication(on: boolean): Buffer {
    const { wall, randomBytes } = this.options;
    return encodeMessage({
      type: on ? MESSAGE_TYPES.startPublication : MESSAGE_TYPES.pausePublication,
      createdDate: wall(),
      sequence: 0,
      flags: HEADER_FLAGS.none,
      id: randomUuid(randomBytes),
      payloadType: PAYLOAD_TYPES.none,
      payload: Buffer.alloc(0),
    });
  }

  private gone(): void {
    clearTimeout(this.firstFrame);
    this.toAgent.close();
    this.toClient.close();
    if (this.state === "opened") this.options.detached();
  }
}
