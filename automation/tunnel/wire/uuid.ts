/** Drawn at a time: a draw costs as much for 16 bytes as for thousands. */
const DRAW = 4096;

/** The same randomness, drawn in larger pieces: every message has a UUID. */
export function pooled(randomBytes: (size: number) => Buffer): (size: number) => Buffer {
  let pool = Buffer.alloc(0);
  return (size) => {
    if (pool.length < size) pool = Buffer.from(randomBytes(Math.max(DRAW, size)));
    const bytes = pool.subarray(0, size);
    pool = pool.subarray(size);
    return bytes;
  };
}

/** A random UUID (version 4) of injected randomness, as text. */
export function randomUuid(randomBytes: (size: number) => Buffer): string {
  const bytes = Buffer.from(randomBytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return textOf(bytes);
}

/**
 * A UUID as an AgentMessage carries it: the two halves swapped, each as it is (session-manager-plugin,
 * `src/message/messageparser.go`, putUuid).
 *
 * @example uuidToWire("6ba7b810-9dad-41d1-80b4-00c04fd430c8") // 80b400c04fd430c8 6ba7b8109dad41d1
 */
export function uuidToWire(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll("-", ""), "hex");
  return Buffer.concat([bytes.subarray(8, 16), bytes.subarray(0, 8)]);
}

/** The text of a UUID on the wire (16 bytes, halves swapped). */
export function uuidFromWire(wire: Buffer): string {
  return textOf(Buffer.concat([wire.subarray(8, 16), wire.subarray(0, 8)]));
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString("hex");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
