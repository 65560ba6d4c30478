import type { Rule } from "../rule";
import { sgBastionEgressAllowlist, sgBastionNoIngress } from "./bastion-traffic";
import { sgDbIngressOnlyBastion, sgDbNoEgress } from "./database-traffic";
import { dbReachOnlyBastion } from "./db-reach";
import { sgEndpointIngress } from "./endpoint-traffic";
import { sgNoInlineMix } from "./inline-mix";
import { sgNoWorld } from "./sg-no-world";

/** Rules about security groups. */
export const SECURITY_GROUP_RULES: readonly Rule[] = [
  sgNoWorld,
  dbReachOnlyBastion,
  sgDbIngressOnlyBastion,
  sgDbNoEgress,
  sgBastionNoIngress,
  sgBastionEgressAllowlist,
  sgEndpointIngress,
  sgNoInlineMix,
];
