import { describeStackRule } from "../cases/stack-rule-cases";
import { VPCE_POLICY_CASES } from "../cases/vpce-policy";

describe("policies/endpoints/vpce-policy", () => describeStackRule(VPCE_POLICY_CASES));
