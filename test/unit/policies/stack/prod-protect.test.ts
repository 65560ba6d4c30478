import { prodProtect } from "../../../../policies/stack/prod-protect";
import { STACK_STACK_CASES } from "../cases/stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/stack/prod-protect", () => casesOf(STACK_STACK_CASES, prodProtect).forEach(describeStackRule));
