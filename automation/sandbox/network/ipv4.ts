/** A range of IPv4 addresses: the first one and how many. */
export interface Range {
  readonly first: number;
  readonly size: number;
}

/**
 * Reads an IPv4 network or a single address; `undefined` if it is neither (IPv6 too: the sandbox's networks have none).
 *
 * @example parseRange("10.40.0.0/27") // { first: 170393600, size: 32 }
 */
export function parseRange(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const parts = match.slice(1, 5).map(Number);
  const prefix = match[5] === undefined ? 32 : Number(match[5]);
  if (prefix > 32 || parts.some((part) => part > 255)) return undefined;
  const size = 2 ** (32 - prefix);
  const address = parts.reduce((sum, part) => sum * 256 + part, 0);
  return { first: address - (address % size), size };
}

/** Whether every address of `inner` lies in `outer`; false if either cannot be read. */
export function contains(outer: string, inner: string): boolean {
  const [around, within] = [parseRange(outer), parseRange(inner)];
  if (!around || !within) return false;
  return within.first >= around.first && within.first + within.size <= around.first + around.size;
}
