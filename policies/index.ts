import { PolicyPack } from "@pulumi/policy";
import { PACK_NAME, RULES } from "./pack";
import { toPolicies } from "./to-policy";

/** The machine's day, UTC: exemptions end by it. */
const today = (): string => new Date().toISOString().slice(0, 10);

new PolicyPack(PACK_NAME, { policies: toPolicies(RULES, today), enforcementLevel: "mandatory" });
