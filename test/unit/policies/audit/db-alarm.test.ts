import { dbAlarm } from "../../../../policies/audit/db-alarm";
import { AUDIT_STACK_CASES } from "../cases/audit-stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/audit/db-alarm", () => casesOf(AUDIT_STACK_CASES, dbAlarm).forEach(describeStackRule));
