/** The widest private blocks: 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). What is wider holds public addresses. */
const WIDEST_PRIVATE = { ipv4: 8, ipv6: 7 } as const;

/**
 * Whether a block is so wide that it means "everybody": any address, or halves and quarters of all addresses.
 *
 * @example isWorld("0.0.0.0/0") // true
 * @example isWorld("::/0") // true
 * @example isWorld("10.0.0.0/8") // false
 */
export function isWorld(block: unknown): boolean {
  const found = typeof block === "string" ? /^\s*([0-9a-f.:]+)\/(\d+)\s*$/i.exec(block) : null;
  if (!found) return false;
  const [, address = "", length = ""] = found;
  return Number(length) < (address.includes(":") ? WIDEST_PRIVATE.ipv6 : WIDEST_PRIVATE.ipv4);
}
