import { ssmDocPortPinned } from "../../../../policies/session-manager/ssm-doc-port-pinned";
import { SESSION_MANAGER_CASES } from "../cases/session-manager";
import { casesOf, describeRule } from "../cases/rule-cases";

describe("policies/session-manager/ssm-doc-port-pinned", () =>
  casesOf(SESSION_MANAGER_CASES, ssmDocPortPinned).forEach(describeRule));
