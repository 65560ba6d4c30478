import { ssmDocHostKnown } from "../../../../policies/session-manager/ssm-doc-host-known";
import { SESSION_MANAGER_STACK_CASES } from "../cases/session-manager-stack";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/session-manager/ssm-doc-host-known", () =>
  casesOf(SESSION_MANAGER_STACK_CASES, ssmDocHostKnown).forEach(describeStackRule));
