import { ssoExpectedReach } from "../../../../policies/identity-center/sso-expected-reach";
import { IDENTITY_CENTER_STACK_CASES } from "../cases/identity-center-stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/identity-center/sso-expected-reach", () =>
  casesOf(IDENTITY_CENTER_STACK_CASES, ssoExpectedReach).forEach(describeStackRule));
