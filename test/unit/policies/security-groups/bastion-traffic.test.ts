import { sgBastionEgressAllowlist, sgBastionNoIngress } from "../../../../policies/security-groups/bastion-traffic";
import { BASTION_TRAFFIC_CASES } from "../cases/bastion-traffic";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/security-groups/bastion-traffic", () =>
  casesOf(BASTION_TRAFFIC_CASES, sgBastionNoIngress, sgBastionEgressAllowlist).forEach(describeStackRule));
