import { ssoOwnSessions } from "../../../../policies/identity-center/sso-own-sessions";
import { IDENTITY_CENTER_CASES } from "../cases/identity-center";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/identity-center/sso-own-sessions", () =>
  casesOf(IDENTITY_CENTER_CASES, ssoOwnSessions).forEach(describeRule));
