import { knownOf } from "../known-elements";
import type { StackResource } from "../rule";
import { textOf } from "../values";

/** Who is at the other end of a rule. */
export type Peer =
  | { readonly kind: "group"; readonly place: string; readonly key: string }
  | { readonly kind: "block"; readonly place: string; readonly block: string }
  /** A prefix list; `from` is what its id is taken from, e.g. a gateway endpoint. */
  | { readonly kind: "list"; readonly place: string; readonly id: string; readonly from: readonly StackResource[] }
  /** Not known yet, and not even what it comes from. */
  | { readonly kind: "open"; readonly place: string };

/** What a rule lets through: a range of tcp ports, something else (other protocols, all of them), or not known yet. */
export type Ports = { readonly from: number; readonly to: number } | "other" | "open";

/** One rule of a security group, whichever of the forms it was written in. */
export interface TrafficRule {
  /** The resource in which it stands. */
  readonly by: StackResource;
  /** Property path inside it, e.g. `ingress[0]`; empty for a rule resource. */
  readonly place: string;
  readonly direction: "ingress" | "egress" | "open";
  /** Keys of the groups that it belongs to: one, or all it may be. */
  readonly groups: readonly string[];
  /** Whether it may belong to yet another group. */
  readonly anyGroup: boolean;
  readonly peers: readonly Peer[];
  readonly ports: Ports;
}

/** Numbers and names of tcp in a rule. */
const TCP = ["tcp", "6"];

/**
 * The ports of a rule.
 *
 * @example portsOf(() => "tcp", () => 5432, () => 5432) // { from: 5432, to: 5432 }
 * @example portsOf(() => "-1", () => 0, () => 0) // "other"
 */
export function portsOf(protocol: () => unknown, from: () => unknown, to: () => unknown): Ports {
  const kind = knownOf([protocol]).values;
  if (kind.length === 0) return "open";
  if (!TCP.includes(textOf(kind[0]).toLowerCase())) return "other";
  const ends = knownOf([from, to]).values;
  if (ends.length < 2) return "open";
  const [low, high] = ends.map((end) => (textOf(end) === "" ? Number.NaN : Number(end))) as [number, number];
  return Number.isInteger(low) && Number.isInteger(high) ? { from: low, to: high } : "other";
}

/** Whether a rule lets exactly one port through; undefined while that is not known. */
export function isExactly(ports: Ports, wanted: readonly number[]): boolean | undefined {
  if (ports === "open") return undefined;
  return ports !== "other" && ports.from === ports.to && wanted.includes(ports.from);
}
