import { describeRule } from "../cases/rule-cases";
import { SSO_STARTSESSION_SCOPED_CASES } from "../cases/sso-startsession-scoped";

describe("policies/identity-center", () => describeRule(SSO_STARTSESSION_SCOPED_CASES));
