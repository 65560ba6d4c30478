import { databasesOf } from "../network/access-path";
import type { StackRule, StackVerdict } from "../rule";
import { namesGroup, textsOf } from "./allowed";
import { Estate, once } from "./estate";
import { isExactly, type Peer, type TrafficRule } from "./traffic-rule";

const HTTPS = 443;
const GATEWAY = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** Nothing dials the bastion. */
export const sgBastionNoIngress: StackRule = {
  id: "sg-bastion-no-ingress",
  title: "A bastion's security group admits nothing",
  why: "The agent dials out; an open port is a second way in that no sign-in and no log knows",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP EC2.13", "FSBP EC2.19", "Systems Manager user guide: Session Manager needs no inbound ports"],
  fix: "Delete the rule, or write ingress: []; give the bastion a group of its own in vpcSecurityGroupIds",
  checkStack: (resources, verdict) => {
    const estate = new Estate(resources, verdict);
    const report = once(verdict);
    for (const worn of estate.wardrobe.ofBastions()) {
      if (estate.isOpenDefault(worn.key))
        report("The bastion wears the default group, which admits its members", worn.by);
      for (const { by, place } of estate.rules(worn, "ingress")) {
        if (place === "ingress") verdict.undecided(`ingress of ${by.name}`);
        else report(`${place || "securityGroupId is a bastion's: the rule"} admits traffic to it`, by);
      }
    }
  },
};

/** The bastion dials endpoints and databases, nothing else. */
export const sgBastionEgressAllowlist: StackRule = {
  id: "sg-bastion-egress-allowlist",
  title: "A bastion dials the endpoints and the databases only",
  why: "Whoever gets into the bastion carries data out by every other way that it may dial",
  severity: "high",
  level: "mandatory",
  references: ["AWS Well-Architected SEC05", "NIST SP 800-53 SC-7(5)"],
  fix: "Write referencedSecurityGroupId of the endpoints' group with port 443 or of the databases' group with their port, or name the target in the setting targets",
  parameters: {
    targets: {
      type: "strings",
      default: [],
      about:
        "What else a bastion may dial, as <port> <group name or id, prefix list id, address block>, e.g. 443 sg-0123456789abcdef0",
    },
  },
  checkStack: (resources, verdict, { targets }) => {
    const estate = new Estate(resources, verdict);
    const report = once(verdict);
    const endpoints = estate.wardrobe.ofEndpoints().map(({ key }) => key);
    const databases = databasesOf(resources);
    const data = estate.wardrobe.ofDatabases().map(({ key }) => key);
    for (const worn of estate.wardrobe.ofBastions()) {
      if (estate.isOpenDefault(worn.key))
        report("The bastion wears the default group, which may dial everywhere", worn.by);
      for (const rule of estate.rules(worn, "egress")) {
        for (const peer of rule.peers) {
          if (isListed(rule, peer, textsOf(targets), estate)) continue;
          const group = peer.kind === "group" ? peer.key : "";
          if (data.includes(group)) port(rule, estate.portsBehind(group, databases), peer, verdict, report);
          else if (endpoints.includes(group) || isGateway(peer)) port(rule, [HTTPS], peer, verdict, report);
          else if (peer.kind === "open") verdict.undecided(`${peer.place} of ${rule.by.name}`);
          else report(`${peer.place} is neither the endpoints' nor the databases'`, rule.by);
        }
      }
    }
  },
};

function port(
  rule: TrafficRule,
  wanted: readonly number[] | undefined,
  peer: Peer,
  verdict: StackVerdict,
  report: StackVerdict["report"],
): void {
  const exact = wanted && isExactly(rule.ports, wanted);
  if (exact === undefined) return verdict.undecided(`ports of ${rule.by.name}`);
  if (!exact) report(`${peer.place} is dialled on more than its one tcp port`, rule.by);
}

/** A list that a gateway endpoint of the program makes, e.g. that of S3. */
function isGateway(peer: Peer): boolean {
  return peer.kind === "list" && peer.from.some(({ type }) => type === GATEWAY);
}

function isListed(rule: TrafficRule, peer: Peer, targets: readonly string[], { traffic }: Estate): boolean {
  return targets.some((target) => {
    const [wanted = "", name = ""] = target.trim().split(/\s+/);
    if (isExactly(rule.ports, [Number(wanted)]) !== true) return false;
    if (peer.kind === "group") return namesGroup([name], peer.key, traffic.groups.resource(peer.key));
    return (peer.kind === "block" && peer.block === name) || (peer.kind === "list" && peer.id === name);
  });
}
