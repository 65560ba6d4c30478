import type { StackRule } from "../rule";
import { namesGroup, textsOf } from "./allowed";
import { Estate, once } from "./estate";
import { isExactly } from "./traffic-rule";

const HTTPS = 443;

/** Endpoints hear the bastion. */
export const sgEndpointIngress: StackRule = {
  id: "sg-endpoint-ingress",
  title: "The endpoints of Session Manager admit the bastion on 443, and nobody else",
  why: "Whatever reaches them can speak to Systems Manager with credentials of any account",
  severity: "high",
  level: "mandatory",
  references: ["FSBP EC2.19", "Systems Manager user guide: Create VPC endpoints"],
  fix: "Write one rule with referencedSecurityGroupId of the bastion's group and port 443, or name the group in the setting clients",
  parameters: {
    clients: { type: "strings", default: [], about: "Names or ids of other groups that may use the endpoints" },
  },
  checkStack: (resources, verdict, { clients }) => {
    const estate = new Estate(resources, verdict);
    const report = once(verdict);
    const bastions = estate.wardrobe.ofBastions().map(({ key }) => key);
    for (const worn of estate.wardrobe.ofEndpoints()) {
      if (estate.isOpenDefault(worn.key))
        report("The endpoint wears the default group, which admits its members", worn.by);
      for (const rule of estate.rules(worn, "ingress")) {
        for (const peer of rule.peers) {
          const allowed =
            peer.kind === "group" &&
            (bastions.includes(peer.key) ||
              namesGroup(textsOf(clients), peer.key, estate.traffic.groups.resource(peer.key)));
          if (peer.kind === "open") verdict.undecided(`${peer.place} of ${rule.by.name}`);
          else if (!allowed) report(`${peer.place} admits more than the bastion's group`, rule.by);
        }
        const exact = isExactly(rule.ports, [HTTPS]);
        if (exact === undefined) verdict.undecided(`ports of ${rule.by.name}`);
        else if (!exact) report(`${rule.place || "The rule"} opens more than tcp port 443`, rule.by);
      }
    }
  },
};
