import type { Rule } from "../rule";
import { netNoEip, netSubnetNoAutoPublic } from "./addresses";
import { netNoDefaultRoute } from "./default-route";
import { netNoIgw, netNoNat } from "./gateways";
import { netDefaultSgLocked, netFlowLogs, netVpcDns } from "./vpcs";

/** Rules about the network around bastions and databases. */
export const NETWORK_RULES: readonly Rule[] = [
  netNoEip,
  netSubnetNoAutoPublic,
  netNoIgw,
  netNoNat,
  netNoDefaultRoute,
  netVpcDns,
  netFlowLogs,
  netDefaultSgLocked,
];
