import { netBastionNoPublicIp, netLtNoPublicIp } from "../../../../policies/bastion/public-address";
import { BASTION_CASES } from "../cases/bastion";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/bastion/public-address", () =>
  casesOf(BASTION_CASES, netBastionNoPublicIp, netLtNoPublicIp).forEach(describeRule));
