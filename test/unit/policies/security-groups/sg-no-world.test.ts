import { describeRule } from "../cases/rule-cases";
import { SG_NO_WORLD_CASES } from "../cases/sg-no-world";

describe("policies/security-groups", () => describeRule(SG_NO_WORLD_CASES));
