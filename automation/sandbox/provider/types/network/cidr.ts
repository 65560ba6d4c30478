/** An IPv4 network: first address as a number and prefix length. */
export interface Cidr {
  readonly first: number;
  readonly prefix: number;
}

/**
 * Reads an IPv4 network whose host bits are zero; `undefined` otherwise.
 *
 * @example parseCidr("10.40.0.0/24") // { first: 170393600, prefix: 24 }
 * @example parseCidr("10.40.0.1/24") // undefined
 */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const parts = match.slice(1, 5).map(Number);
  const prefix = Number(match[5]);
  if (prefix > 32 || parts.some((part) => part > 255)) return undefined;
  const first = parts.reduce((sum, part) => sum * 256 + part, 0);
  return first % sizeOf(prefix) === 0 ? { first, prefix } : undefined;
}

/** Whether `inner` lies in `outer`. */
export function within(outer: Cidr, inner: Cidr): boolean {
  return inner.first >= outer.first && inner.first + sizeOf(inner.prefix) <= outer.first + sizeOf(outer.prefix);
}

/** Whether two networks share an address. */
export function overlap(one: Cidr, other: Cidr): boolean {
  return one.first < other.first + sizeOf(other.prefix) && other.first < one.first + sizeOf(one.prefix);
}

/** The addresses of a subnet that can be given out: all but the first four and the last (Amazon VPC user guide, "Subnet sizing"). */
export function* usableAddresses(cidr: Cidr): Generator<string> {
  for (let at = 4; at < sizeOf(cidr.prefix) - 1; at++) yield addressText(cidr.first + at);
}

function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}
