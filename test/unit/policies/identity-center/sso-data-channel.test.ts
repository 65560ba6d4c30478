import { ssoDataChannel } from "../../../../policies/identity-center/sso-data-channel";
import { IDENTITY_CENTER_CASES } from "../cases/identity-center";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/identity-center/sso-data-channel", () =>
  casesOf(IDENTITY_CENTER_CASES, ssoDataChannel).forEach(describeRule));
