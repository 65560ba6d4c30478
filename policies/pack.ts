import { AUDIT_RULES } from "./audit/rules";
import { BASTION_RULES } from "./bastion/rules";
import { DATABASE_RULES } from "./database/rules";
import { ENDPOINT_RULES } from "./endpoints/rules";
import { IAM_RULES } from "./iam/rules";
import { IDENTITY_CENTER_RULES } from "./identity-center/rules";
import { NETWORK_RULES } from "./network/rules";
import type { Rule } from "./rule";
import { SECURITY_GROUP_RULES } from "./security-groups/rules";
import { SESSION_MANAGER_RULES } from "./session-manager/rules";
import { STACK_RULES } from "./stack/rules";

/** Name of the pack, in messages and events. */
export const PACK_NAME = "sallyport";

/** Rules that speak of one matter. */
export interface Domain {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** From the network inwards, then who may enter, then what is left behind: the order of POLICIES.md. */
export const DOMAINS: readonly Domain[] = [
  { title: "Network", rules: NETWORK_RULES },
  { title: "Security groups", rules: SECURITY_GROUP_RULES },
  { title: "Endpoints", rules: ENDPOINT_RULES },
  { title: "Bastion", rules: BASTION_RULES },
  { title: "Database", rules: DATABASE_RULES },
  { title: "Session Manager", rules: SESSION_MANAGER_RULES },
  { title: "IAM", rules: IAM_RULES },
  { title: "Identity Center", rules: IDENTITY_CENTER_RULES },
  { title: "Audit", rules: AUDIT_RULES },
  { title: "Stack", rules: STACK_RULES },
];

/** Every rule. */
export const RULES: readonly Rule[] = DOMAINS.flatMap(({ rules }) => rules);
