import { rdsNotPublic, rdsHttpEndpoint, rdsProxyTls, rdsCa } from "../../../../policies/database/doors";
import { DATABASE_CASES } from "../cases/database";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/database/doors", () =>
  casesOf(DATABASE_CASES, rdsNotPublic, rdsHttpEndpoint, rdsProxyTls, rdsCa).forEach(describeRule));
