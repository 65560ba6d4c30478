/** A prime length: bytes that were lost or came twice shift the pattern wherever they do. */
const PERIOD = 65_521;

/** Bytes that look like noise, the same in every process (xorshift32). */
const NOISE = ((): Buffer => {
  const bytes = Buffer.alloc(2 * PERIOD + 64 * 1024);
  let state = 0x9e3779b9;
  for (let at = 0; at < PERIOD; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  for (let at = PERIOD; at < bytes.length; at++) bytes[at] = bytes[at - PERIOD] ?? 0;
  return bytes;
})();

/** The bytes of an endless known stream at an offset; at most 64 KiB + 65,521 of them. */
export function patternAt(offset: number, length: number): Buffer {
  const start = offset % PERIOD;
  return NOISE.subarray(start, start + length);
}
