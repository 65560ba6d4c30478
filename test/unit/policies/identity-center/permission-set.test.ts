import { ssoPsName, ssoPsSession } from "../../../../policies/identity-center/permission-set";
import { IDENTITY_CENTER_CASES } from "../cases/identity-center";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/identity-center/permission-set", () =>
  casesOf(IDENTITY_CENTER_CASES, ssoPsName, ssoPsSession).forEach(describeRule));
