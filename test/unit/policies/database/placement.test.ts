import { rdsMultiAz, rdsSubnetAzs } from "../../../../policies/database/placement";
import { DATABASE_STACK_CASES } from "../cases/database-stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/database/placement", () =>
  casesOf(DATABASE_STACK_CASES, rdsMultiAz, rdsSubnetAzs).forEach(describeStackRule));
