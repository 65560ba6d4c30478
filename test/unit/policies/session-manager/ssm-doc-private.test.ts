import { ssmDocPrivate } from "../../../../policies/session-manager/ssm-doc-private";
import { SSM_DOC_PRIVATE_CASES } from "../cases/ssm-doc-private";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/session-manager/ssm-doc-private", () =>
  casesOf(SSM_DOC_PRIVATE_CASES, ssmDocPrivate).forEach(describeRule));
