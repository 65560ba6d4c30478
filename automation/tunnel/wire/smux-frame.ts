/**
 * Layout of a smux v1 frame; integers little-endian (xtaci/smux v1.5.15, `frame.go`):
 *
 * | offset | size | field |
 * |---:|---:|---|
 * | 0 | 1 | version, 1 |
 * | 1 | 1 | command: 0 SYN, 1 FIN, 2 PSH, 3 NOP |
 * | 2 | 2 | length, 0 unless PSH |
 * | 4 | 4 | stream id |
 * | 8 | n | data, PSH only |
 */
const VERSION = 1;
/** Length of a frame's header. */
export const SMUX_HEADER = 8;

/** Commands of smux v1; 4 (UPD) is of version 2. */
export const SMUX_COMMANDS = { syn: 0, fin: 1, psh: 2, nop: 3 } as const;

/** The longest data of one frame that a reader accepts; the reference writers cut at 32,768. */
export const SMUX_MAX_LENGTH = 65_535;

/** What came out of the byte stream. Data arrives in pieces: one frame may give several. */
export type SmuxEvent =
  | { readonly kind: "syn" | "fin" | "nop"; readonly streamId: number }
  | { readonly kind: "data"; readonly streamId: number; readonly data: Buffer };

/** Why the byte stream cannot be understood any more; it cannot be re-synchronised. */
export type SmuxProblem = "version" | "command" | "length";

/** A frame without data. @example encodeSmux("syn", 3) // 01 00 0000 03000000 */
export function encodeSmux(command: "syn" | "fin" | "nop", streamId: number): Buffer {
  return header(SMUX_COMMANDS[command], 0, streamId);
}

/** Header and data of a PSH frame, not joined: data is at most 65,535 bytes. */
export function encodeSmuxData(streamId: number, data: Buffer): readonly [Buffer, Buffer] {
  return [header(SMUX_COMMANDS.psh, data.length, streamId), data];
}

function header(command: number, length: number, streamId: number): Buffer {
  const bytes = Buffer.alloc(SMUX_HEADER);
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt8(command, 1);
  bytes.writeUInt16LE(length, 2);
  bytes.writeUInt32LE(streamId, 4);
  return bytes;
}

/** Reads a smux byte stream that comes in pieces of any size. Keeps at most seven bytes. After a problem it stays dead. */
export class SmuxDecoder {
  private partial = Buffer.alloc(0);
  private streamId = 0;
  private left = 0;
  private broken: SmuxProblem | undefined;

  /** The events in the next piece, and what is wrong with it, if anything; events before the fault are answered too. */
  push(piece: Buffer): { readonly events: readonly SmuxEvent[]; readonly problem: SmuxProblem | undefined } {
    const events: SmuxEvent[] = [];
    let rest = piece;
    while (rest.length > 0 && !this.broken)
      rest = this.left > 0 ? this.readData(rest, events) : this.readHeader(rest, events);
    return { events, problem: this.broken };
  }

  private readData(bytes: Buffer, events: SmuxEvent[]): Buffer {
    const data = bytes.subarray(0, this.left);
    this.left -= data.length;
    events.push({ kind: "data", streamId: this.streamId, data });
    return bytes.subarray(data.length);
  }

  private readHeader(bytes: Buffer, events: SmuxEvent[]): Buffer {
    const missing = SMUX_HEADER - this.partial.length;
    const head = this.partial.length === 0 ? bytes : Buffer.concat([this.partial, bytes.subarray(0, missing)]);
    if (head.length < SMUX_HEADER) {
      this.partial = Buffer.from(head);
      return bytes.subarray(missing);
    }
    this.partial = Buffer.alloc(0);
    const [version, command, length, streamId] = [head[0], head[1], head.readUInt16LE(2), head.readUInt32LE(4)];
    this.broken = problemOf(version, command, length);
    if (this.broken) return bytes;
    if (command === SMUX_COMMANDS.psh) {
      this.streamId = streamId;
      this.left = length;
    } else {
      events.push({
        kind: command === SMUX_COMMANDS.syn ? "syn" : command === SMUX_COMMANDS.fin ? "fin" : "nop",
        streamId,
      });
    }
    return bytes.subarray(missing);
  }
}

function problemOf(version: number | undefined, command: number | undefined, length: number): SmuxProblem | undefined {
  if (version !== VERSION) return "version";
  if (command === undefined || command > SMUX_COMMANDS.nop) return "command";
  // The reference reader does not consume data of other commands: it would take it for the next header.
  return command !== SMUX_COMMANDS.psh && length > 0 ? "length" : undefined;
}
