import { ec2Imdsv2 } from "../../../../policies/bastion/metadata";
import { BASTION_CASES } from "../cases/bastion";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/bastion/metadata", () => casesOf(BASTION_CASES, ec2Imdsv2).forEach(describeRule));
