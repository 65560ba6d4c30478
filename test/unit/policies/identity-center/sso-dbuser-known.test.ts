import { ssoDbuserKnown } from "../../../../policies/identity-center/sso-dbuser-known";
import { IDENTITY_CENTER_STACK_CASES } from "../cases/identity-center-stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/identity-center/sso-dbuser-known", () =>
  casesOf(IDENTITY_CENTER_STACK_CASES, ssoDbuserKnown).forEach(describeStackRule));
