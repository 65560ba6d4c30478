import { sgNoInlineMix } from "../../../../policies/security-groups/inline-mix";
import { GROUP_HYGIENE_CASES } from "../cases/group-hygiene";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/security-groups/inline-mix", () =>
  casesOf(GROUP_HYGIENE_CASES, sgNoInlineMix).forEach(describeStackRule));
