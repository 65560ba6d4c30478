import { BlockList, isIP } from "node:net";

/** One entry of NO_PROXY, read. `port` left out: any. */
export type NoProxyEntry =
  | { readonly kind: "all" }
  | { readonly kind: "name"; readonly name: string; readonly itself: boolean; readonly port?: number }
  | { readonly kind: "address"; readonly address: string; readonly port?: number }
  | { readonly kind: "network"; readonly address: string; readonly bits: number };

/**
 * Reads NO_PROXY: hosts, addresses and networks between commas or blanks. As the AWS CLI does, a name means itself and everything
 * below it, with or without a dot before it; `*.name` means only what is below; `*` means every host. A host or address may carry a
 * port. What cannot be read matches nothing.
 *
 * @example parseNoProxy(".example.com, 10.0.0.0/8") // [{kind: "name", name: "example.com", itself: true}, {kind: "network", …}]
 */
export function parseNoProxy(text: string): NoProxyEntry[] {
  return text
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .flatMap((entry) => parseEntry(entry.toLowerCase()) ?? []);
}

/**
 * True if the host is to be reached without a proxy. `host` has no brackets; `port` is the real one, the scheme's default included.
 *
 * @example bypasses(parseNoProxy("example.com:443"), "api.example.com", 443) // true
 */
export function bypasses(entries: readonly NoProxyEntry[], host: string, port: number): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return entries.some((entry) => {
    if (entry.kind === "all") return true;
    if (entry.kind === "network") return inNetwork(name, entry.address, entry.bits);
    if (entry.port !== undefined && entry.port !== port) return false;
    if (entry.kind === "address") return isIP(name) !== 0 && inNetwork(name, entry.address, fullLength(entry.address));
    return (entry.itself && name === entry.name) || (isIP(name) === 0 && name.endsWith(`.${entry.name}`));
  });
}

function parseEntry(entry: string): NoProxyEntry | undefined {
  if (entry === "*") return { kind: "all" };
  const network = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/.exec(entry);
  if (network?.[1] !== undefined) {
    const [address, bits] = [network[1], Number(network[2])];
    return isIP(address) !== 0 && bits <= fullLength(address) ? { kind: "network", address, bits } : undefined;
  }
  // An IPv6 address has colons of its own: only in brackets can it carry a port.
  if (isIP(entry) === 6) return { kind: "address", address: entry };
  const found = /^(?:\[([0-9a-f.:]+)\]|([^[\]:/]+))(?::(\d{1,5}))?$/.exec(entry);
  const host = found?.[1] ?? found?.[2];
  if (host === undefined) return undefined;
  const port = found?.[3] === undefined ? {} : { port: Number(found[3]) };
  if (isIP(host) !== 0) return { kind: "address", address: host, ...port };
  const name = host.replace(/^\*?\.+/, "").replace(/\.$/, "");
  return name === "" || found?.[1] !== undefined
    ? undefined
    : { kind: "name", name, itself: !host.startsWith("*"), ...port };
}

function inNetwork(host: string, address: string, bits: number): boolean {
  const family = isIP(host);
  if (family === 0) return false;
  const list = new BlockList();
  list.addSubnet(address, bits, isIP(address) === 6 ? "ipv6" : "ipv4");
  return list.check(host, family === 6 ? "ipv6" : "ipv4");
}

const fullLength = (address: string): number => (isIP(address) === 6 ? 128 : 32);
