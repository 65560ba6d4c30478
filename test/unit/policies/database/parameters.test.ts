import { rdsForceSsl, rdsLogConnections } from "../../../../policies/database/parameters";
import { DATABASE_CASES } from "../cases/database";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/database/parameters", () =>
  casesOf(DATABASE_CASES, rdsForceSsl, rdsLogConnections).forEach(describeRule));
