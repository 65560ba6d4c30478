import { kmsRotation } from "../../../../policies/audit/kms-rotation";
import { AUDIT_CASES } from "../cases/audit";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/audit/kms-rotation", () => casesOf(AUDIT_CASES, kmsRotation).forEach(describeRule));
