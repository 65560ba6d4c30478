import { randomInt } from "node:crypto";
import type { Duplex } from "node:stream";
import { patternAt } from "../support/pattern";

/** What all streams of a soak count together. */
export interface Tally {
  bytesUp: number;
  bytesDown: number;
  streams: number;
  /** Ended by a fault that may end streams. */
  ended: number;
  /** Ended although no such fault came in their time. */
  lost: string[];
  /** Bytes that were not the pattern's. */
  corrupted: number;
}

/** What a stream of a soak needs. */
export interface SoakTools {
  readonly open: () => Promise<Duplex>;
  readonly tally: Tally;
  readonly stop: AbortSignal;
  /** Whether a fault that may end streams came since a stream was opened, or shortly before. */
  readonly mayEnd: (openedAt: number) => boolean;
}

const head = (letter: string, size: number): Buffer => {
  const bytes = Buffer.alloc(9, letter);
  bytes.writeBigUInt64BE(BigInt(size), 1);
  return bytes;
};
const TOTAL = 2 ** 40;

/** Streams that echo pieces of random size, one after the other, until the soak ends: every byte is compared. */
export async function echoes(tools: SoakTools): Promise<void> {
  while (!tools.stop.aborted) {
    await guarded(tools, async (stream) => {
      stream.write(head("E", 0));
      const rounds = randomInt(1, 40);
      let at = 0;
      for (let round = 0; round < rounds && !tools.stop.aborted; round++) {
        const piece = Buffer.from(patternAt(at, randomInt(1, 64 * 1024)));
        if (!stream.write(piece)) await happened(stream, "drain", tools.stop);
        await expectPattern(stream, tools, at, piece.length);
        at += piece.length;
        tools.tally.bytesUp += piece.length;
      }
    });
  }
}

/** One download that is read at so many bytes a second, for as long as the soak lasts; anew if a fault ends it. */
export async function slowReader(
  tools: SoakTools,
  bytesPerSecond: number,
  read: (bytes: number) => void,
): Promise<void> {
  const step = Math.floor(bytesPerSecond / 20);
  while (!tools.stop.aborted) {
    await guarded(tools, async (stream) => {
      stream.write(head("D", TOTAL));
      const begun = performance.now();
      for (let at = 0; !tools.stop.aborted; at += step) {
        await expectPattern(stream, tools, at, step);
        read(step);
        const aheadMs = ((at + step) * 1000) / bytesPerSecond - (performance.now() - begun);
        if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
      }
    });
  }
}

/** Runs one stream; an error of it is counted as what it is. */
async function guarded(tools: SoakTools, use: (stream: Duplex) => Promise<void>): Promise<void> {
  let stream: Duplex | undefined;
  const openedAt = performance.now();
  try {
    stream = await tools.open();
    tools.tally.streams += 1;
    await use(stream);
  } catch (error) {
    if (tools.stop.aborted) return;
    if (tools.mayEnd(openedAt)) tools.tally.ended += 1;
    else tools.tally.lost.push(error instanceof Error ? error.message : String(error));
    await new Promise((resolve) => setTimeout(resolve, 200));
  } finally {
    stream?.destroy();
  }
}

/** Reads so many bytes and compares each. */
async function expectPattern(stream: Duplex, tools: SoakTools, at: number, length: number): Promise<void> {
  let seen = 0;
  while (seen < length) {
    const piece = stream.read(Math.min(length - seen, stream.readableLength || 1)) as Buffer | null;
    if (piece === null) {
      if (tools.stop.aborted) return;
      await happened(stream, "readable", tools.stop);
      continue;
    }
    if (!piece.equals(patternAt(at + seen, piece.length))) {
      tools.tally.corrupted += piece.length;
      throw new Error(`bytes ${at + seen} to ${at + seen + piece.length} are not what was sent`);
    }
    seen += piece.length;
    tools.tally.bytesDown += piece.length;
  }
}

/** Waits for an event, the stream's end (then it fails), or the soak's. */
function happened(stream: Duplex, event: "readable" | "drain", stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void) => () => {
      stop.removeEventListener("abort", ready);
      stream.off(event, ready).off("end", ended).off("close", ended).off("error", failed);
      act();
    };
    const ready = done(resolve);
    const ended = done(() => reject(stream.errored ?? new Error("the stream ended")));
    const failed = done(() => reject(stream.errored ?? new Error("the stream failed")));
    if (stream.destroyed || stream.readableEnded) return ended();
    stream.on(event, ready).on("end", ended).on("close", ended).on("error", failed);
    stop.addEventListener("abort", ready, { once: true });
  });
}
