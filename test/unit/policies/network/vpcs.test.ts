import { netVpcDns, netFlowLogs, netDefaultSgLocked } from "../../../../policies/network/vpcs";
import { NETWORK_CASES } from "../cases/network";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/network/vpcs", () =>
  casesOf(NETWORK_CASES, netVpcDns, netFlowLogs, netDefaultSgLocked).forEach(describeStackRule));
