import type WebSocket from "ws";
import { encodeMessage } from "../../tunnel/wire/agent-message";
import { encodeChannelClosed } from "../../tunnel/wire/channel-closed";
import { HEADER_FLAGS, MESSAGE_TYPES, PAYLOAD_TYPES } from "../../tunnel/wire/message-types";
import { decodeOpenDataChannel } from "../../tunnel/wire/open-data-channel";
import { randomUuid } from "../../tunnel/wire/uuid";
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
  private opened = false;
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
    this.toClient = new FaultyLine(knobs.toClient, random, (frame) => this.socket.send(frame));
    this.firstFrame = setTimeout(() => socket.close(1000, "Bye"), FIRST_FRAME_MS);
    socket.on("message", (data, isBinary) => this.receive(data as Buffer, isBinary));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => this.gone());
  }

  /** Whether the network takes more. */
  get ready(): boolean {
    return this.socket.bufferedAmount < LINE_BYTES;
  }

  /** A frame of the agent. */
  send(frame: Buffer): void {
    if (this.socket.readyState === this.socket.OPEN) this.toClient.send(frame);
  }

  /** Stops or goes on reading what the client sends. */
  hold(on: boolean): void {
    if (on) this.socket.pause();
    else this.socket.resume();
  }

  /** `channel_closed`, then the end of the socket. */
  end(reason: string): void {
    this.toClient.close();
    if (this.socket.readyState !== this.socket.OPEN) return;
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

  private receive(data: Buffer, isBinary: boolean): void {
    if (!this.opened) this.openWith(isBinary ? "" : data.toString());
    else if (isBinary) this.toAgent.send(data);
  }

  private openWith(text: string): void {
    clearTimeout(this.firstFrame);
    const { sessionId, open, attached } = this.options;
    const token = decodeOpenDataChannel(text)?.tokenValue ?? "";
    if (token === "") {
      return this.socket.close(
        1003,
        `Channel ${sessionId}: request to open data channel does not contain token.`.slice(0, 123),
      );
    }
    // AWS's words for a wrong or used token are not known; the code is that of a missing one.
    if (!open(token))
      return this.socket.close(1003, `Channel ${sessionId}: token is invalid or expired.`.slice(0, 123));
    this.opened = true;
    this.socket.send(this.startPublication());
    attached();
  }

  private startPublication(): Buffer {
    const { wall, randomBytes } = this.options;
    return encodeMessage({
      type: MESSAGE_TYPES.startPublication,
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
    if (this.opened) this.options.detached();
  }
}
