import { describeRule } from "../cases/rule-cases";
import { SSO_CONNECT_SCOPED_CASES } from "../cases/sso-connect-scoped";

describe("policies/identity-center", () => describeRule(SSO_CONNECT_SCOPED_CASES));
