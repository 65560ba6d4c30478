import { netNoIgw, netNoNat } from "../../../../policies/network/gateways";
import { NETWORK_CASES } from "../cases/network";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/network/gateways", () => casesOf(NETWORK_CASES, netNoIgw, netNoNat).forEach(describeStackRule));
