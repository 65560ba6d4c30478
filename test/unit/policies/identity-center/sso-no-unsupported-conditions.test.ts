import { ssoNoUnsupportedConditions } from "../../../../policies/identity-center/sso-no-unsupported-conditions";
import { IDENTITY_CENTER_CASES } from "../cases/identity-center";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/identity-center/sso-no-unsupported-conditions", () =>
  casesOf(IDENTITY_CENTER_CASES, ssoNoUnsupportedConditions).forEach(describeRule));
