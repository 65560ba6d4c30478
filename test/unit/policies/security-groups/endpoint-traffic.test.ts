import { sgEndpointIngress } from "../../../../policies/security-groups/endpoint-traffic";
import { GROUP_HYGIENE_CASES } from "../cases/group-hygiene";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/security-groups/endpoint-traffic", () =>
  casesOf(GROUP_HYGIENE_CASES, sgEndpointIngress).forEach(describeStackRule));
