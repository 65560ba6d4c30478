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

/** Every rule, in the order of POLICIES.md: from the network inwards, then who may enter, then what is left behind. */
export const RULES: readonly Rule[] = [
  ...NETWORK_RULES,
  ...SECURITY_GROUP_RULES,
  ...ENDPOINT_RULES,
  ...BASTION_RULES,
  ...DATABASE_RULES,
  ...SESSION_MANAGER_RULES,
  ...IAM_RULES,
  ...IDENTITY_CENTER_RULES,
  ...AUDIT_RULES,
  ...STACK_RULES,
];
