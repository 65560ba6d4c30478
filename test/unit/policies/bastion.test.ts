import { BASTION_CASES } from "./cases/bastion";
import { describeRule } from "./cases/rule-cases";

describe("policies/bastion", () => BASTION_CASES.forEach(describeRule));
