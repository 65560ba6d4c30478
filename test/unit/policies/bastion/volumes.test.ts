import { ec2EbsEncrypted } from "../../../../policies/bastion/volumes";
import { INSTANCE_CASES } from "../cases/instances";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/bastion/volumes", () => casesOf(INSTANCE_CASES, ec2EbsEncrypted).forEach(describeRule));
