import assert from "node:assert/strict";
import { AwsContext } from "../../../../../../../automation/sandbox/provider/aws-context";
import {
  addInterface,
  interfacesOf,
  regroupInterfaces,
  removeInterfaces,
} from "../../../../../../../automation/sandbox/provider/types/network/interfaces";
import { runnerKey } from "../../../../../../../automation/sandbox/account/seed";
import { recordingClusters, testEstate } from "../../fixture";

describe("network interfaces", () => {
  it("take the first free address of their subnet until none is left, and go by owner", () => {
    const { estate, sleep } = testEstate();
    const aws = new AwsContext(estate, runnerKey(estate).principal, "eu-west-2", recordingClusters(), sleep);
    const subnet = aws.add("aws:ec2/subnet:Subnet", "subnet-1", {
      vpcId: "vpc-1",
      cidrBlock: "10.0.0.0/28",
      availabilityZone: "eu-west-2a",
    });
    const addresses = Array.from({ length: 11 }, () => addInterface(aws, subnet, ["sg-1"], "a").props.privateIp);
    assert.deepEqual([addresses[0], addresses[10]], ["10.0.0.4", "10.0.0.14"]);
    assert.throws(() => addInterface(aws, subnet, ["sg-1"], "b"), { code: "InsufficientFreeAddressesInSubnet" });
    regroupInterfaces(aws, "a", ["sg-2"]);
    assert.deepEqual(interfacesOf(aws, "a")[0]?.props.securityGroupIds, ["sg-2"]);
    removeInterfaces(aws, "a");
    assert.deepEqual(interfacesOf(aws, "a"), []);
  });
});
