import { netNoEip, netSubnetNoAutoPublic } from "../../../../policies/network/addresses";
import { NETWORK_CASES } from "../cases/network";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/network/addresses", () =>
  casesOf(NETWORK_CASES, netNoEip, netSubnetNoAutoPublic).forEach(describeStackRule));
