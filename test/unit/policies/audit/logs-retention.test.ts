import { logsRetention } from "../../../../policies/audit/logs-retention";
import { AUDIT_CASES } from "../cases/audit";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/audit/logs-retention", () => casesOf(AUDIT_CASES, logsRetention).forEach(describeRule));
