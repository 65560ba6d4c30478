import { RDS_CASES } from "./cases/rds";
import { describeRule } from "./cases/rule-cases";

describe("policies/rds", () => RDS_CASES.forEach(describeRule));
