import { rdsIamAuth, rdsManagedMaster, rdsMasterName } from "../../../../policies/database/logins";
import { DATABASE_CASES } from "../cases/database";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/database/logins", () =>
  casesOf(DATABASE_CASES, rdsIamAuth, rdsManagedMaster, rdsMasterName).forEach(describeRule));
