import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Network } from "../../../../infra/network/network";
import { inputsOf, record, settled, type Recording } from "../recorded";

describe("network", () => {
  let recording: Recording;

  before(async () => {
    const recorded = await record(() => new Network("n", { cidr: "10.40.0.0/24", zones: 2 }));
    recording = recorded.recording;
    await settled(pulumi.all([...recorded.result.accessSubnetIds, ...recorded.result.dataSubnetIds]));
  });

  it("has both DNS attributes, which private DNS needs", () => {
    assert.deepEqual(inputsOf(recording, "aws:ec2/vpc:Vpc"), {
      cidrBlock: "10.40.0.0/24",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "n" },
    });
  });

  it("leaves the VPC's default group without a rule", () => {
    assert.deepEqual(inputsOf(recording, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"), {
      vpcId: "n-vpc-id",
      ingress: [],
      egress: [],
      tags: { Name: "n-default" },
    });
  });

  it("spreads each kind of subnet over two zones, without public addresses", () => {
    const subnets = recording.resources.filter((each) => each.type === "aws:ec2/subnet:Subnet");
    assert.deepEqual(
      subnets.map(({ name, inputs }) => [
        name,
        inputs["cidrBlock"],
        inputs["availabilityZone"],
        inputs["mapPublicIpOnLaunch"],
      ]),
      [
        ["n-access-a", "10.40.0.0/27", "eu-west-2a", false],
        ["n-access-b", "10.40.0.32/27", "eu-west-2b", false],
        ["n-data-a", "10.40.0.128/27", "eu-west-2a", false],
        ["n-data-b", "10.40.0.160/27", "eu-west-2b", false],
      ],
    );
  });

  it("puts every subnet on a route table without routes", () => {
    const tables = recording.resources.filter((each) => each.type === "aws:ec2/routeTable:RouteTable");
    assert.deepEqual(
      tables.map(({ name, inputs }) => [name, Object.keys(inputs).sort()]),
      [
        ["n-access", ["tags", "vpcId"]],
        ["n-data", ["tags", "vpcId"]],
      ],
    );
    const associations = recording.resources.filter((each) => each.type.endsWith(":RouteTableAssociation"));
    assert.deepEqual(
      associations.map(({ inputs }) => [inputs["subnetId"], inputs["routeTableId"]]),
      ["access-a", "access-b", "data-a", "data-b"].map((name) => [`n-${name}-id`, `n-${name.split("-")[0] ?? ""}-id`]),
    );
  });
});
