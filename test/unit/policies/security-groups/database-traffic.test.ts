import { sgDbIngressOnlyBastion, sgDbNoEgress } from "../../../../policies/security-groups/database-traffic";
import { DATABASE_TRAFFIC_CASES } from "../cases/database-traffic";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/security-groups/database-traffic", () =>
  casesOf(DATABASE_TRAFFIC_CASES, sgDbIngressOnlyBastion, sgDbNoEgress).forEach(describeStackRule));
