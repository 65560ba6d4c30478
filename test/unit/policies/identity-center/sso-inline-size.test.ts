import { ssoInlineSize } from "../../../../policies/identity-center/sso-inline-size";
import { IDENTITY_CENTER_CASES } from "../cases/identity-center";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/identity-center/sso-inline-size", () =>
  casesOf(IDENTITY_CENTER_CASES, ssoInlineSize).forEach(describeRule));
