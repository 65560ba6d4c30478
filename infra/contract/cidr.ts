/** An IPv4 network. */
export interface Cidr {
  /** First address as an unsigned 32-bit number. */
  readonly base: number;
  /** Bits of the network part. */
  readonly prefix: number;
}

/**
 * Reads an IPv4 network; undefined for anything else, also when bits of the host part are set.
 *
 * @example parseCidr("10.40.0.0/24") // {base: 170393600, prefix: 24}
 */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((byte) => byte > 255) || prefix > 32) return undefined;
  const base = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return base % 2 ** (32 - prefix) === 0 ? { base, prefix } : undefined;
}

/** The opposite of parseCidr. */
export function formatCidr(cidr: Cidr): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(cidr.base / 2 ** shift) % 256);
  return `${bytes.join(".")}/${cidr.prefix}`;
}

/**
 * The nth of the equal parts that a network falls into.
 *
 * @example formatCidr(partOf({base: 170393600, prefix: 24}, 3, 1)) // "10.40.0.32/27"
 */
export function partOf(cidr: Cidr, extraBits: number, index: number): Cidr {
  const prefix = cidr.prefix + extraBits;
  return { base: cidr.base + index * 2 ** (32 - prefix), prefix };
}
