import { plainText } from "../../../account/plain-text";
import type { Props } from "../../../account/estate";
import type { Fail } from "../../protocol/coerce";

/** What a flow log can watch, and as the provider names it. */
const TARGETS = [
  ["eniId", "eni_id"],
  ["regionalNatGatewayId", "regional_nat_gateway_id"],
  ["subnetId", "subnet_id"],
  ["transitGatewayAttachmentId", "transit_gateway_attachment_id"],
  ["transitGatewayId", "transit_gateway_id"],
  ["vpcId", "vpc_id"],
] as const;
/** The same, as the provider's errors list it. */
export const TARGET_NAMES = TARGETS.map(([, name]) => name).join(",");

const CLOUDWATCH = "cloud-watch-logs";
/** Inputs with a closed list of values; texts stand in quotes in the provider's errors. */
const WORDS: readonly (readonly [key: string, name: string, values: readonly (string | number)[]])[] = [
  ["trafficType", "traffic_type", ["ACCEPT", "ALL", "REJECT"]],
  ["maxAggregationInterval", "max_aggregation_interval", [60, 600]],
  ["logDestinationType", "log_destination_type", [CLOUDWATCH, "s3", "kinesis-data-firehose"]],
];
const NOT_SIMULATED = [
  ...TARGETS.map(([key]) => key).filter((key) => key !== "vpcId"),
  "deliverCrossAccountRole",
  "destinationOptions",
  "tagFieldSpecifications",
];

/** Check-phase rules of flow logs: one target at most, known words, and nothing that no part of the sandbox acts out. */
export function flowLogRules(inputs: Props, fail: Fail): void {
  for (const key of NOT_SIMULATED) if (inputs[key] !== undefined) fail(key, "not simulated here");
  const given = TARGETS.filter(([key]) => inputs[key] !== undefined);
  const names = given.map(([, name]) => name).join(",");
  for (const [key, name] of given.length > 1 ? given : [])
    fail(key, `"${name}": only one of \`${TARGET_NAMES}\` can be specified, but \`${names}\` were specified.`);
  for (const [key, name, values] of WORDS) {
    const value = inputs[key];
    const known = values.map((each) => JSON.stringify(each)).join(" ");
    if (value !== undefined && !values.some((each) => each === value))
      fail(key, `expected ${name} to be one of [${known}], got ${plainText(value)}`);
    else if (key === "logDestinationType" && value !== undefined && value !== CLOUDWATCH)
      fail(key, `not simulated here: ${CLOUDWATCH} only`);
  }
}
