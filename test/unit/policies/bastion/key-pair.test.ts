import { ec2NoKeypair } from "../../../../policies/bastion/key-pair";
import { INSTANCE_CASES } from "../cases/instances";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/bastion/key-pair", () => casesOf(INSTANCE_CASES, ec2NoKeypair).forEach(describeRule));
