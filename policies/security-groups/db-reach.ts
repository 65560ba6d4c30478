import { bastionsOf } from "../network/bastions";
import { databasesOf } from "../network/access-path";
import type { StackResource, StackRule, StackVerdict } from "../rule";
import { DATABASE_CLIENTS, namesGroup, textsOf } from "./allowed";
import { databasePort } from "./database-ports";
import { Estate, once } from "./estate";
import type { Peer, Ports } from "./traffic-rule";
import { wearersOf } from "./wearers";

/**
 * Follows who can dial a database: its groups, their rules in every form, and whatever wears a group that they admit. What the
 * other end may send is not asked: one rule later it may.
 */
export const dbReachOnlyBastion: StackRule = {
  id: "db-reach-only-bastion",
  title: "Nothing but the bastion reaches a database",
  why: "A group is shared quickly: whatever wears the bastion's or the database's has the same way in",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP RDS.46", "AWS Well-Architected SEC05"],
  fix: "Give it a group of its own in vpcSecurityGroupIds, admit that of the bastion by referencedSecurityGroupId, or name the application's group in the setting clients",
  parameters: { clients: DATABASE_CLIENTS },
  checkStack: (resources, verdict, { clients }) => {
    const estate = new Estate(resources, verdict);
    const report = once(verdict);
    const databases = databasesOf(resources);
    const may = new Set([...databases, ...bastionsOf(resources, verdict)].map(({ urn }) => urn));
    const { groups } = estate.traffic;
    for (const database of databases) {
      for (const key of estate.wardrobe.of(database)) {
        for (const { peer, by } of peersOf(estate, key, database, verdict)) {
          if (peer.kind === "open") verdict.undecided(`${peer.place} of ${by.name}`);
          else if (peer.kind !== "group") report(`${peer.place} admits addresses, whatever stands there`, by);
          else if (!namesGroup(textsOf(clients), peer.key, groups.resource(peer.key))) {
            if (groups.resource(peer.key) === undefined && !groups.isDefault(peer.key))
              verdict.undecided(`who wears a group that ${by.name} names`);
            for (const { resource, property } of wearersOf(peer.key, resources, groups))
              if (!may.has(resource.urn)) report(`${property} names a group that a database admits`, resource);
            for (const resource of inDefault(peer.key, resources, estate))
              if (!may.has(resource.urn)) report("It wears the default group, which a database admits", resource);
          }
        }
      }
    }
  },
};

function peersOf(
  estate: Estate,
  key: string,
  database: StackResource,
  verdict: StackVerdict,
): { readonly peer: Peer; readonly by: StackResource }[] {
  if (estate.isOpenDefault(key)) return [{ peer: { kind: "group", place: "vpcSecurityGroupIds", key }, by: database }];
  return estate.rules({ key, by: database }, "ingress").flatMap(({ ports, peers, by }) => {
    const leads = leadsTo(ports, databasePort(database));
    if (leads === undefined) verdict.undecided(`ports of ${by.name}`);
    return leads === true ? peers.map((peer) => ({ peer, by })) : [];
  });
}

/** Whether a rule lets the database's port through. Other protocols count: all of them are one. */
function leadsTo(ports: Ports, port: number | undefined): boolean | undefined {
  if (ports === "other") return true;
  if (ports === "open" || port === undefined) return undefined;
  return ports.from <= port && port <= ports.to;
}

/** What wears the default group where it names none. */
const STARTED = [
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  "aws:autoscaling/group:Group",
];

/** What names no group at all, and so wears the default one. */
function inDefault(key: string, resources: readonly StackResource[], { traffic, wardrobe }: Estate): StackResource[] {
  if (!traffic.groups.isDefault(key)) return [];
  return resources.filter(({ type }) => STARTED.includes(type)).filter((each) => wardrobe.of(each).includes(key));
}
