import type { Rule } from "../rule";
import { vpceNoEc2messages, vpcePrivateDns, vpceSgExplicit } from "./reachable";
import { vpcePolicy } from "./vpce-policy";
import { vpceRequired } from "./vpce-required";

/** Rules about endpoints. */
export const ENDPOINT_RULES: readonly Rule[] = [
  vpceRequired,
  vpcePrivateDns,
  vpceSgExplicit,
  vpcePolicy,
  vpceNoEc2messages,
];
