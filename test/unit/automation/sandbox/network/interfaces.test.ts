import assert from "node:assert/strict";
import {
  clusterInterface,
  endpointInterface,
  instanceInterface,
  vpcOf,
} from "../../../../../automation/sandbox/network/interfaces";
import { doorEstate } from "../../../../support/door-estate";

describe("network interfaces", () => {
  it("an instance is seen by its own address", () => {
    const { estate, instance } = doorEstate();
    assert.deepEqual(instanceInterface(estate, instance), {
      vpcId: "vpc-1",
      ranges: ["10.40.0.10"],
      groups: ["sg-bastion"],
    });
  });

  it("an endpoint and a cluster are seen by their subnets", () => {
    const { estate, made, cluster } = doorEstate();
    assert.ok(made.ssm);
    assert.deepEqual(endpointInterface(estate, made.ssm), {
      vpcId: "vpc-1",
      ranges: ["10.40.0.0/27", "10.40.0.32/27"],
      groups: ["sg-endpoint"],
    });
    assert.deepEqual(clusterInterface(estate, cluster), {
      vpcId: "vpc-1",
      ranges: ["10.40.0.128/27", "10.40.0.160/27"],
      groups: ["sg-database"],
    });
  });

  it("without a group AWS takes the VPC's default one", () => {
    const { estate, made, instance } = doorEstate();
    instance.props.vpcSecurityGroupIds = [];
    assert.deepEqual(instanceInterface(estate, instance)?.groups, ["sg-default"]);
    assert.ok(made.vpc);
    delete made.vpc.props.defaultSecurityGroupId;
    assert.deepEqual(instanceInterface(estate, instance)?.groups, []);
  });

  it("without subnet, or with one that is gone, there is none", () => {
    const { estate, instance, cluster, drop } = doorEstate();
    drop("access-a");
    assert.equal(instanceInterface(estate, instance), undefined);
    delete instance.props.subnetId;
    assert.equal(instanceInterface(estate, instance), undefined);
    drop("subnet-group");
    assert.equal(clusterInterface(estate, cluster), undefined);
  });

  it("a VPC of another account is not seen", () => {
    const { estate } = doorEstate();
    assert.equal(vpcOf(estate, "vpc-1", "000000000001"), undefined);
  });
});
