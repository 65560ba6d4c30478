import { tagsRequired } from "../../../../policies/stack/tags-required";
import { STACK_CASES } from "../cases/stack";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/stack/tags-required", () => casesOf(STACK_CASES, tagsRequired).forEach(describeRule));
