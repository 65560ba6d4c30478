import { ssoAbacSingleton } from "../../../../policies/identity-center/sso-abac-singleton";
import { IDENTITY_CENTER_STACK_CASES } from "../cases/identity-center-stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/identity-center/sso-abac-singleton", () =>
  casesOf(IDENTITY_CENTER_STACK_CASES, ssoAbacSingleton).forEach(describeStackRule));
