import { ec2NoSecretsUserdata } from "../../../../policies/bastion/user-data";
import { INSTANCE_CASES } from "../cases/instances";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/bastion/user-data", () => casesOf(INSTANCE_CASES, ec2NoSecretsUserdata).forEach(describeRule));
