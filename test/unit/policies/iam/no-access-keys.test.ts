import { iamNoAccessKeys } from "../../../../policies/iam/no-access-keys";
import { IAM_CASES } from "../cases/iam";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/iam/no-access-keys", () => casesOf(IAM_CASES, iamNoAccessKeys).forEach(describeRule));
