import { stackSecrets } from "../../../../policies/stack/stack-secrets";
import { STACK_STACK_CASES } from "../cases/stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/stack/stack-secrets", () => casesOf(STACK_STACK_CASES, stackSecrets).forEach(describeStackRule));
