import assert from "node:assert/strict";
import fc from "fast-check";
import { Traffic } from "../../../../policies/security-groups/traffic";
import type { Peer, TrafficRule } from "../../../../policies/security-groups/traffic-rule";
import { EGRESS_RULE, group, INGRESS_RULE, RULE } from "../cases/access-path";
import { VPC, type StackSample } from "../cases/estate";
import { openVerdict, stackResources } from "../cases/stack-resources";
import { UNKNOWN } from "../run-rule";

const GROUPS = ["a", "b", "c"] as const;
const FORMS = ["inline", "older", "resource"] as const;
/** What a rule means, whichever way it is written. */
interface Meaning {
  readonly own: string;
  readonly direction: "ingress" | "egress";
  readonly port: number | "all";
  readonly peer: { readonly kind: "group" | "block" | "list"; readonly value: string };
}

const meanings = fc.record({
  own: fc.constantFrom(...GROUPS),
  direction: fc.constantFrom("ingress" as const, "egress" as const),
  port: fc.oneof(fc.constant("all" as const), fc.integer({ min: 1, max: 65535 })),
  peer: fc.oneof(
    fc.record({ kind: fc.constant("group" as const), value: fc.constantFrom(...GROUPS, "sg-elsewhere") }),
    fc.record({ kind: fc.constant("block" as const), value: fc.constantFrom("10.0.0.0/8", "fc00::/7") }),
    fc.record({ kind: fc.constant("list" as const), value: fc.constant("pl-1") }),
  ),
});

/** Ids of groups, before or after the first run. */
const idOf = (name: string, known: boolean): string =>
  name.startsWith("sg-") ? name : known ? `sg-of-${name}` : UNKNOWN;

function peerProps({ peer }: Meaning, form: (typeof FORMS)[number], known: boolean): Record<string, unknown> {
  const six = peer.value.includes(":");
  const listed = form !== "resource";
  if (peer.kind === "group") {
    const id = idOf(peer.value, known);
    if (form === "inline") return { securityGroups: [id] };
    return { [form === "older" ? "sourceSecurityGroupId" : "referencedSecurityGroupId"]: id };
  }
  if (peer.kind === "list") return listed ? { prefixListIds: [peer.value] } : { prefixListId: peer.value };
  if (listed) return { [six ? "ipv6CidrBlocks" : "cidrBlocks"]: [peer.value] };
  return { [six ? "cidrIpv6" : "cidrIpv4"]: peer.value };
}

function portProps({ port }: Meaning, form: (typeof FORMS)[number]): Record<string, unknown> {
  const protocol = port === "all" ? "-1" : "tcp";
  const ends = { fromPort: port === "all" ? 0 : port, toPort: port === "all" ? 0 : port };
  return form === "resource" ? { ipProtocol: protocol, ...ends } : { protocol, ...ends };
}

/** A rule resource, with the engine's record of every written property. */
function resource(meaning: Meaning, form: "older" | "resource", index: number, known: boolean): StackSample {
  const type = form === "older" ? RULE : meaning.direction === "ingress" ? INGRESS_RULE : EGRESS_RULE;
  const peer = peerProps(meaning, form, known);
  const props = {
    securityGroupId: idOf(meaning.own, known),
    ...peer,
    ...portProps(meaning, form),
    ...(form === "older" ? { type: meaning.direction } : {}),
  };
  const from = Object.fromEntries(Object.keys(props).map((key): [string, string[]] => [key, []]));
  from["securityGroupId"] = [meaning.own];
  for (const key of Object.keys(peer)) from[key] = meaning.peer.kind === "group" ? [meaning.peer.value] : [];
  return { type, name: `rule-${index}`, props, from };
}

/** A stack in which each rule stands in its form. */
function write(rules: readonly { readonly meaning: Meaning; readonly form: (typeof FORMS)[number] }[], known: boolean) {
  const samples = rules.flatMap(({ meaning, form }, index) =>
    form === "inline" ? [] : [resource(meaning, form, index, known)],
  );
  const groups = GROUPS.map((name): StackSample => {
    const props: Record<string, unknown> = { id: idOf(name, known) };
    const from: Record<string, string[]> = {};
    for (const direction of ["ingress", "egress"] as const) {
      const own = rules.filter(
        ({ form, meaning }) => form === "inline" && meaning.own === name && meaning.direction === direction,
      );
      if (own.length === 0) continue;
      props[direction] = own.map(({ meaning }) => ({
        ...peerProps(meaning, "inline", known),
        ...portProps(meaning, "inline"),
      }));
      from[direction] = own.flatMap(({ meaning }) => (meaning.peer.kind === "group" ? [meaning.peer.value] : []));
    }
    return group(name, props, from);
  });
  return stackResources([VPC, ...groups, ...samples]);
}

const peerText = (peer: Peer): string =>
  peer.kind === "group" ? peer.key : peer.kind === "block" ? peer.block : peer.kind === "list" ? peer.id : "open";
const ruleText = ({ groups, direction, ports, peers }: TrafficRule): string =>
  [groups.join(), direction, JSON.stringify(ports), peers.map(peerText).join()].join(" ");
const meaningText = ({ own, direction, port, peer }: Meaning): string =>
  [own, direction, JSON.stringify(port === "all" ? "other" : { from: port, to: port }), peer.value].join(" ");
const inOrder = (lines: readonly string[]): string[] => [...lines].sort();

const stacks = fc.array(fc.record({ meaning: meanings, form: fc.constantFrom(...FORMS) }), { maxLength: 12 });

describe("Traffic", () => {
  it("reads the same rules out of every form, once ids are known", () => {
    fc.assert(
      fc.property(stacks, (rules) => {
        const { rules: read } = new Traffic(write(rules, true));
        assert.deepEqual(inOrder(read.map(ruleText)), inOrder(rules.map(({ meaning }) => meaningText(meaning))));
      }),
    );
  });

  it("before any id is known, loses no rule and no peer", () => {
    fc.assert(
      fc.property(stacks, (rules) => {
        const { rules: read } = new Traffic(write(rules, false));
        assert.equal(read.length, rules.length);
        for (const { meaning } of rules) {
          const found = read.some(
            ({ groups, direction, peers }) =>
              groups.includes(meaning.own) &&
              direction === meaning.direction &&
              peers.map(peerText).includes(meaning.peer.value),
          );
          assert.ok(found, meaningText(meaning));
        }
      }),
    );
  });

  it("before any id is known, rule resources are read exactly", () => {
    fc.assert(
      fc.property(stacks, (rules) => {
        const apart = rules.filter(({ form }) => form !== "inline");
        const { rules: read } = new Traffic(write(apart, false));
        assert.deepEqual(inOrder(read.map(ruleText)), inOrder(apart.map(({ meaning }) => meaningText(meaning))));
      }),
    );
  });

  it("gives the rules of one group and direction, and says those that may be more", () => {
    const resources = stackResources([
      group("a"),
      { type: INGRESS_RULE, name: "in", props: { securityGroupId: UNKNOWN }, from: { securityGroupId: ["a"] } },
      { type: EGRESS_RULE, name: "out", props: { securityGroupId: UNKNOWN }, from: { securityGroupId: ["a"] } },
      {
        type: RULE,
        name: "either",
        props: { type: UNKNOWN, securityGroupId: UNKNOWN },
        from: { securityGroupId: ["a"] },
      },
      { type: INGRESS_RULE, name: "stray", props: { securityGroupId: UNKNOWN }, from: { securityGroupId: [] } },
    ]);
    const { open, verdict } = openVerdict();
    const traffic = new Traffic(resources);
    assert.deepEqual(
      traffic.of("a", "ingress", verdict).map(({ by }) => by.name),
      ["in"],
    );
    assert.deepEqual(open, ["type of either", "group of stray"]);
  });

  it("says each peer that is not known, and the group itself for self", () => {
    const resources = stackResources([
      group(
        "a",
        {
          ingress: [
            { self: true, cidrBlocks: [UNKNOWN], prefixListIds: UNKNOWN, protocol: UNKNOWN },
            { self: UNKNOWN },
            UNKNOWN,
          ],
        },
        { ingress: [] },
      ),
    ]);
    assert.deepEqual(
      new Traffic(resources).rules.map(({ place, peers, ports }) => [place, peers.map(peerText).join(), ports]),
      [
        ["ingress[0]", "open,open,a", "open"],
        ["ingress[1]", "open", "other"],
        ["ingress[2]", "open", "open"],
      ],
    );
  });
});
