import { databasesOf } from "../network/access-path";
import type { StackRule } from "../rule";
import { DATABASE_CLIENTS, namesGroup, textsOf } from "./allowed";
import { Estate, once } from "./estate";
import { isExactly } from "./traffic-rule";

/** Databases hear the bastion. */
export const sgDbIngressOnlyBastion: StackRule = {
  id: "sg-db-ingress-only-bastion",
  title: "A database admits the bastion's group on its own port, and nobody else",
  why: "Every other way to the port is a way past sign-in, session log and time limit",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP EC2.18", "FSBP EC2.19", "FSBP RDS.46"],
  fix: "Write one rule with referencedSecurityGroupId of the bastion's group and the database's port, or name the group of an application in the setting clients",
  parameters: { clients: DATABASE_CLIENTS },
  checkStack: (resources, verdict, { clients }) => {
    const estate = new Estate(resources, verdict);
    const report = once(verdict);
    const databases = databasesOf(resources);
    const { wardrobe, traffic } = estate;
    const bastions = wardrobe.ofBastions().map(({ key }) => key);
    const proxies = databases
      .filter(({ type }) => type.startsWith("aws:rds/proxy"))
      .flatMap((each) => wardrobe.of(each));
    for (const worn of wardrobe.ofDatabases()) {
      if (estate.isOpenDefault(worn.key))
        report("The database wears the default group, which admits its members", worn.by);
      const rules = estate.rules(worn, "ingress");
      for (const { peers, by } of rules) {
        for (const peer of peers) {
          const allowed =
            peer.kind === "group" &&
            (bastions.includes(peer.key) ||
              proxies.includes(peer.key) ||
              namesGroup(textsOf(clients), peer.key, traffic.groups.resource(peer.key)));
          if (peer.kind === "open") verdict.undecided(`${peer.place} of ${by.name}`);
          else if (!allowed) report(`${peer.place} admits more than the bastion's group`, by);
        }
      }
      const ports = rules.length > 0 ? estate.portsBehind(worn.key, databases) : [];
      for (const { by, place, ports: open } of rules) {
        const exact = ports && isExactly(open, ports);
        if (exact === undefined) verdict.undecided(`ports of ${by.name}`);
        else if (!exact) report(`${place || "The rule"} opens more than the database's tcp port`, by);
      }
    }
  },
};

/** Databases dial nobody. */
export const sgDbNoEgress: StackRule = {
  id: "sg-db-no-egress",
  title: "A database's security group has no egress rule",
  why: "A database answers, which groups allow by themselves; what it may dial carries data out",
  severity: "medium",
  level: "advisory",
  references: ["AWS Well-Architected SEC05"],
  fix: "Delete the rule, or write egress: []",
  checkStack: (resources, verdict) => {
    const estate = new Estate(resources, verdict);
    const report = once(verdict);
    for (const worn of estate.wardrobe.ofDatabases()) {
      if (estate.isOpenDefault(worn.key))
        report("The database wears the default group, which may dial everywhere", worn.by);
      for (const { by, place } of estate.rules(worn, "egress")) {
        if (place === "egress") verdict.undecided(`egress of ${by.name}`);
        else report(`${place || "securityGroupId is a database's: the rule"} lets it dial out`, by);
      }
    }
  },
};
