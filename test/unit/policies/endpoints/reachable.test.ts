import { ENDPOINT_CASES } from "../cases/endpoints";
import { describeRule } from "../cases/rule-cases";

describe("policies/endpoints/reachable", () => ENDPOINT_CASES.forEach(describeRule));
