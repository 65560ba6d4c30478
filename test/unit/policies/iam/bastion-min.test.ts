import { iamBastionMin } from "../../../../policies/iam/bastion-min";
import { IAM_STACK_CASES } from "../cases/iam-stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/iam/bastion-min", () => casesOf(IAM_STACK_CASES, iamBastionMin).forEach(describeStackRule));
