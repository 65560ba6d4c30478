import { iamTrustNoStar, iamOidcTrust } from "../../../../policies/iam/trust";
import { IAM_CASES } from "../cases/iam";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/iam/trust", () => casesOf(IAM_CASES, iamTrustNoStar, iamOidcTrust).forEach(describeRule));
