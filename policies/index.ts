import { PolicyPack } from "@pulumi/policy";
import { PACK_NAME, RULES } from "./pack";
import { toPolicies } from "./to-policy";

new PolicyPack(PACK_NAME, { policies: toPolicies(RULES), enforcementLevel: "mandatory" });
