import type { ResourceRule } from "../rule";
import { isObject, isSet } from "../values";
import { ASSIGNMENT, CUSTOMER_POLICY, MANAGED_POLICY } from "./types";

/** Nobody gets everything with a permission set that is for databases. */
export const ssoNoManagedAdmin: ResourceRule = {
  id: "sso-no-managed-admin",
  title: "No permission set has a policy that allows everything",
  why: "Next to it, whatever else the set says about databases and documents means nothing",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP IAM.1"],
  fix: "Leave the attachment out, and write the needed actions into the set's inlinePolicy",
  parameters: {
    policies: {
      type: "strings",
      default: [
        "AdministratorAccess",
        "PowerUserAccess",
        "IAMFullAccess",
        "AmazonSSMFullAccess",
        "AmazonRDSFullAccess",
      ],
      about: "Names of policies that no set has",
    },
  },
  types: [MANAGED_POLICY, CUSTOMER_POLICY],
  check: ({ type, props }, { report }, { policies }) => {
    const forbidden = (policies as readonly string[]).map((name) => name.toLowerCase());
    const isForbidden = (name: unknown): boolean =>
      forbidden.includes(String(name).split("/").at(-1)?.toLowerCase() ?? "");
    if (type === MANAGED_POLICY) {
      if (isForbidden(props["managedPolicyArn"])) report("managedPolicyArn is a policy that allows everything");
      return;
    }
    const reference = props["customerManagedPolicyReference"];
    if (isObject(reference) && isForbidden(reference["name"]))
      report("customerManagedPolicyReference.name is that of a policy that allows everything");
  },
};

/** Rights go to groups. */
export const ssoAssignGroup: ResourceRule = {
  id: "sso-assign-group",
  title: "Permission sets are assigned to groups",
  why: "A person's own assignment stays when the person changes teams",
  severity: "low",
  level: "advisory",
  references: ["AWS Well-Architected SEC03"],
  fix: 'Write principalType: "GROUP" and the group\'s id, or switch the setting perUser on',
  parameters: {
    perUser: { type: "boolean", default: false, about: "Whether persons have assignments of their own here" },
  },
  types: [ASSIGNMENT],
  check: ({ props }, { report }, { perUser }) => {
    if (perUser === true) return;
    const kind = props["principalType"];
    if (!isSet(kind)) report("principalType is missing");
    else if (kind !== "GROUP") report("principalType is not GROUP");
  },
};
