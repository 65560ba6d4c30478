import { SESSION_MANAGER_CASES } from "./cases/session-manager";
import { describeRule } from "./cases/rule-cases";

describe("policies/session-manager", () => SESSION_MANAGER_CASES.forEach(describeRule));
