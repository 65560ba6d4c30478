/** Bytes that wait at most before the mux is told to stop reading. */
const HIGH_WATER = 256 * 1024;
/** Payloads sent in one turn of the event loop when there is no pause between them. */
const PER_TURN = 64;

/** What an uplink needs. Numbers are asked for each time: they are knobs. */
export interface UplinkOptions {
  payloadBytes(): number;
  paceMs(): number;
  /** Whether the line takes another payload now; `kick` says that it may again. */
  ready(): boolean;
  send(payload: Buffer): void;
  /** There is room again. */
  drained(): void;
}

/** Cuts the mux's byte stream into payloads and paces them, as the agent does: 1,024 bytes, then a millisecond of sleep. */
export class Uplink {
  private chunks: Buffer[] = [];
  private bytes = 0;
  private full = false;
  private planned: { cancel: () => void } | undefined;
  private closed = false;

  constructor(private readonly options: UplinkOptions) {}

  /** `false`: enough for now, `drained` will be called. */
  write(bytes: Buffer): boolean {
    this.chunks.push(bytes);
    this.bytes += bytes.length;
    // Who was told to stop goes on at `drained` only, so a small write in between must not forget that.
    this.full ||= this.bytes > HIGH_WATER;
    this.kick();
    return !this.full;
  }

  /** Goes on if it may. */
  kick(): void {
    if (this.planned || this.closed || this.bytes === 0 || !this.options.ready()) return;
    const paceMs = this.options.paceMs();
    const run = (): void => {
      this.planned = undefined;
      this.sendSome(paceMs > 0 ? 1 : PER_TURN);
    };
    if (paceMs > 0) {
      const timer = setTimeout(run, paceMs);
      this.planned = { cancel: () => clearTimeout(timer) };
    } else {
      const immediate = setImmediate(run);
      this.planned = { cancel: () => clearImmediate(immediate) };
    }
  }

  close(): void {
    this.closed = true;
    this.planned?.cancel();
    this.chunks = [];
    this.bytes = 0;
  }

  private sendSome(count: number): void {
    for (let sent = 0; sent < count && this.bytes > 0 && this.options.ready(); sent++) {
      this.options.send(this.next(this.options.payloadBytes()));
    }
    if (this.full && this.bytes <= HIGH_WATER / 2) {
      this.full = false;
      this.options.drained();
    }
    this.kick();
  }

  private next(size: number): Buffer {
    const parts: Buffer[] = [];
    let length = 0;
    while (length < size && this.chunks.length > 0) {
      const [first = Buffer.alloc(0)] = this.chunks;
      const part = first.subarray(0, size - length);
      if (part.length === first.length) this.chunks.shift();
      else this.chunks[0] = first.subarray(part.length);
      parts.push(part);
      length += part.length;
    }
    this.bytes -= length;
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }
}
