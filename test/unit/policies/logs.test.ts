import { LOGS_CASES } from "./cases/logs";
import { describeRule } from "./cases/rule-cases";

describe("policies/logs", () => LOGS_CASES.forEach(describeRule));
