import type { Duplex } from "node:stream";
import {
  SmuxDecoder,
  encodeSmux,
  encodeSmuxData,
  type SmuxEvent,
  type SmuxProblem,
} from "../../tunnel/wire/smux-frame";

/** The reference server's receive budget, of all streams together (xtaci/smux, `mux.go`, MaxReceiveBuffer). */
const RECEIVE_BUDGET = 4 * 1024 * 1024;
/** Streams that the client opened and that were not dialled yet, at which the reference server stops reading (accept backlog). */
const ACCEPT_BACKLOG = 1024;
/** The reference writers cut frames here (MaxFrameSize). */
const FRAME_BYTES = 32_768;

/** What an agent's mux needs. */
export interface AgentMuxOptions {
  /** Opens a connection to the session's destination. */
  dial(): Promise<Duplex>;
  /** Sends bytes to the client; `false` means: stop until `drained`. */
  write(bytes: Buffer): boolean;
  dialFailed(): void;
  /** Destinations do not read (`true`): take no more from the client. */
  hold(on: boolean): void;
}

interface Connection {
  readonly streamId: number;
  /** Before the dial has succeeded. */
  waiting: Buffer[];
  target: Duplex | undefined;
  /** The client closed the stream. */
  ended: boolean;
}

/**
 * The server's side of smux v1, as the agent uses it: each SYN is one dial, one after the other (a slow one holds up the next, but no
 * open stream); success is silent, failure is a flag and a FIN; the end of either direction ends the whole stream.
 */
export class AgentMux {
  private readonly decoder = new SmuxDecoder();
  private readonly connections = new Map<number, Connection>();
  private dialing: Promise<void> = Promise.resolve();
  private undialled = 0;
  private holding = false;
  private closed = false;

  constructor(private readonly options: AgentMuxOptions) {}

  get openStreams(): number {
    return this.connections.size;
  }

  /** Whether it reads nothing more for now: what comes is to be sent again. */
  get full(): boolean {
    return this.holding;
  }

  /** Bytes from the client, in order. Answers what is wrong with them: then the mux is dead. */
  receive(bytes: Buffer): SmuxProblem | undefined {
    if (this.closed) return undefined;
    const { events, problem } = this.decoder.push(bytes);
    for (const event of events) this.take(event);
    this.judgeBudget();
    return problem;
  }

  /** The uplink has room again. */
  drained(): void {
    for (const { target } of this.connections.values()) target?.resume();
  }

  close(): void {
    this.closed = true;
    for (const { target } of this.connections.values()) target?.destroy();
    this.connections.clear();
  }

  private take(event: SmuxEvent): void {
    const connection = this.connections.get(event.streamId);
    if (event.kind === "syn" && !connection) return this.accept(event.streamId);
    // What comes for an unknown or closed stream is read and thrown away.
    if (!connection || connection.ended) return;
    if (event.kind === "data") this.forward(connection, event.data);
    else if (event.kind === "fin") this.finish(connection);
  }

  private accept(streamId: number): void {
    const connection: Connection = { streamId, waiting: [], target: undefined, ended: false };
    this.connections.set(streamId, connection);
    this.undialled += 1;
    this.dialing = this.dialing.then(() => this.connect(connection));
  }

  private async connect(connection: Connection): Promise<void> {
    if (this.closed) return;
    try {
      const target = await this.options.dial().finally(() => (this.undialled -= 1));
      if (this.closed) return void target.destroy();
      this.join(connection, target);
    } catch {
      if (this.closed) return;
      this.options.dialFailed();
      this.drop(connection);
    }
  }

  private join(connection: Connection, target: Duplex): void {
    connection.target = target;
    target.on("error", () => this.drop(connection));
    target.on("close", () => this.drop(connection));
    target.on("end", () => this.drop(connection));
    target.on("drain", () => this.judgeBudget());
    target.on("data", (data: Buffer) => {
      if (connection.ended || !this.connections.has(connection.streamId)) return;
      if (!this.send(connection.streamId, data)) for (const other of this.connections.values()) other.target?.pause();
    });
    for (const data of connection.waiting) target.write(data);
    connection.waiting = [];
    if (connection.ended) this.finish(connection);
    this.judgeBudget();
  }

  private send(streamId: number, data: Buffer): boolean {
    let room = true;
    for (let at = 0; at < data.length; at += FRAME_BYTES) {
      room = this.options.write(Buffer.concat(encodeSmuxData(streamId, data.subarray(at, at + FRAME_BYTES))));
    }
    return room;
  }

  private forward(connection: Connection, data: Buffer): void {
    if (data.length === 0) return;
    if (connection.target) connection.target.write(data);
    else connection.waiting.push(data);
  }

  /** The client's end: what it sent before still goes out, then the connection is closed. */
  private finish(connection: Connection): void {
    connection.ended = true;
    const { target } = connection;
    if (!target) return;
    target.end(() => target.destroy());
    // A paused reader would never see the close.
    target.resume();
    this.drop(connection, false);
  }

  private drop(connection: Connection, destroy = true): void {
    if (!this.connections.delete(connection.streamId)) return;
    this.options.write(encodeSmux("fin", connection.streamId));
    if (destroy) connection.target?.destroy();
    this.judgeBudget();
  }

  private judgeBudget(): void {
    let bytes = 0;
    for (const { waiting, target } of this.connections.values()) {
      bytes += target?.writableLength ?? waiting.reduce((sum, data) => sum + data.length, 0);
    }
    const share = this.holding ? 0.5 : 1;
    const hold = bytes > RECEIVE_BUDGET * share || this.undialled > ACCEPT_BACKLOG * share;
    if (hold === this.holding) return;
    this.holding = hold;
    this.options.hold(hold);
  }
}
