import { DB_REACH_CASES } from "../cases/db-reach";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/security-groups/db-reach", () => describeStackRule(DB_REACH_CASES));
