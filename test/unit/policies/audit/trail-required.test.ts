import { trailRequired } from "../../../../policies/audit/trail-required";
import { AUDIT_STACK_CASES } from "../cases/audit-stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/audit/trail-required", () => casesOf(AUDIT_STACK_CASES, trailRequired).forEach(describeStackRule));
