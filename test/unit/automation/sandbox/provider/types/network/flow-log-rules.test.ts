import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { flowLogRules } from "../../../../../../../automation/sandbox/provider/types/network/flow-log-rules";

function failuresOf(inputs: Props): readonly string[] {
  const failures: string[] = [];
  flowLogRules(inputs, (key, reason) => void failures.push(`${key}: ${reason}`));
  return failures;
}

describe("check rules of flow logs", () => {
  it("words and numbers are the provider's", () => {
    assert.deepEqual(failuresOf({ trafficType: "SOME", maxAggregationInterval: 300, logDestinationType: "kafka" }), [
      'trafficType: expected traffic_type to be one of ["ACCEPT" "ALL" "REJECT"], got SOME',
      "maxAggregationInterval: expected max_aggregation_interval to be one of [60 600], got 300",
      'logDestinationType: expected log_destination_type to be one of ["cloud-watch-logs" "s3" "kinesis-data-firehose"], got kafka',
    ]);
    const known = { vpcId: "vpc-1", maxAggregationInterval: 60, logDestinationType: "cloud-watch-logs" };
    for (const trafficType of ["ACCEPT", "ALL", "REJECT"]) assert.deepEqual(failuresOf({ ...known, trafficType }), []);
  });

  it("two targets are one too many; none may yet become known", () => {
    const one =
      "only one of `eni_id,regional_nat_gateway_id,subnet_id,transit_gateway_attachment_id,transit_gateway_id,vpc_id`";
    assert.deepEqual(failuresOf({ vpcId: "vpc-1", subnetId: "subnet-1" }), [
      "subnetId: not simulated here",
      `subnetId: "subnet_id": ${one} can be specified, but \`subnet_id,vpc_id\` were specified.`,
      `vpcId: "vpc_id": ${one} can be specified, but \`subnet_id,vpc_id\` were specified.`,
    ]);
    assert.deepEqual(failuresOf({}), []);
  });

  it("what nothing acts out is refused loudly", () => {
    assert.deepEqual(failuresOf({ logDestinationType: "s3", destinationOptions: { fileFormat: "parquet" } }), [
      "destinationOptions: not simulated here",
      "logDestinationType: not simulated here: cloud-watch-logs only",
    ]);
  });
});
