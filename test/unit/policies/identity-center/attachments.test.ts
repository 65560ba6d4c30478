import { ssoNoManagedAdmin, ssoAssignGroup } from "../../../../policies/identity-center/attachments";
import { IDENTITY_CENTER_CASES } from "../cases/identity-center";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/identity-center/attachments", () =>
  casesOf(IDENTITY_CENTER_CASES, ssoNoManagedAdmin, ssoAssignGroup).forEach(describeRule));
