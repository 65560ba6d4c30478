import { rdsLogExports } from "../../../../policies/database/log-exports";
import { DATABASE_CASES } from "../cases/database";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/database/log-exports", () => casesOf(DATABASE_CASES, rdsLogExports).forEach(describeRule));
