import { iamNoWildcards } from "../../../../policies/iam/no-wildcards";
import { IAM_CASES } from "../cases/iam";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/iam/no-wildcards", () => casesOf(IAM_CASES, iamNoWildcards).forEach(describeRule));
