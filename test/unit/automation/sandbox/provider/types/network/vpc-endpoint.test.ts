import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { buildNetwork, openWorld, type World } from "../../world";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const INTERFACE = "sandbox:ec2:NetworkInterface";

describe("simulated VPC endpoint", () => {
  let world: World;
  let inputs: Props;
  let network: Awaited<ReturnType<typeof buildNetwork>>;
  beforeEach(async () => {
    world = await openWorld();
    network = await buildNetwork(world);
    inputs = {
      vpcId: network.vpc.id,
      serviceName: "com.amazonaws.eu-west-2.ssm",
      vpcEndpointType: "Interface",
      subnetIds: network.subnets.map(({ id }) => id),
      securityGroupIds: [network.group.id],
      privateDnsEnabled: true,
    };
  });
  afterEach(() => world.close());

  it("is pending for a minute, then available, with an interface in each subnet", async () => {
    const before = world.estate.clocks.work();
    const { outputs, id } = await world.aws.make(ENDPOINT, inputs);
    assert.deepEqual([outputs.state, world.estate.clocks.work() - before], ["available", 60_000]);
    const enis = world.estate.list(INTERFACE).filter((eni) => eni.props.owner === id);
    assert.deepEqual(
      enis.map((eni) => eni.props.privateIp),
      ["10.40.0.4", "10.40.0.68"],
    );
    assert.deepEqual(
      outputs.networkInterfaceIds,
      enis.map((eni) => eni.id),
    );
  });

  it("T33 private DNS needs both DNS attributes of the VPC", async () => {
    const off = await world.aws.update(network.vpc, { ...network.vpc.news, enableDnsHostnames: false });
    assert.equal(off.outputs.enableDnsHostnames, false);
    await assert.rejects(
      world.aws.make(ENDPOINT, inputs),
      /creating EC2 VPC Endpoint: operation error EC2: CreateVpcEndpoint, .* api error InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for vpc-/,
    );
    await world.aws.make(ENDPOINT, { ...inputs, privateDnsEnabled: false });
  });

  it("T34 a second private-DNS endpoint of a service is refused", async () => {
    await world.aws.make(ENDPOINT, inputs);
    await assert.rejects(
      world.aws.make(ENDPOINT, inputs),
      /InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for ssm\.eu-west-2\.amazonaws\.com/,
    );
  });

  it("T35 two subnets in one zone are refused", async () => {
    const twin = await world.aws.make("aws:ec2/subnet:Subnet", {
      vpcId: network.vpc.id,
      cidrBlock: "10.40.0.128/26",
      availabilityZone: "eu-west-2a",
    });
    await assert.rejects(
      world.aws.make(ENDPOINT, { ...inputs, subnetIds: [network.subnets[0].id, twin.id] }),
      /DuplicateSubnetsInSameZone/,
    );
  });

  it("T38 without a type it is a Gateway, which ssm has not", async () => {
    const { vpcId, serviceName } = inputs;
    await assert.rejects(
      world.aws.make(ENDPOINT, { vpcId: vpcId ?? "", serviceName: serviceName ?? "" }),
      /InvalidParameter: The Vpc Endpoint Service '\S+' does not support Gateway type/,
    );
  });

  it("the service's region must be the endpoint's", async () => {
    await assert.rejects(
      world.aws.make(ENDPOINT, { ...inputs, serviceName: "com.amazonaws.eu-west-1.ssm" }),
      /InvalidServiceName/,
    );
  });

  it("without groups it has the VPC's default group", async () => {
    const { securityGroupIds: _none, ...bare } = inputs;
    const { outputs } = await world.aws.make(ENDPOINT, bare);
    assert.deepEqual(outputs.securityGroupIds, [network.vpc.outputs.defaultSecurityGroupId]);
  });

  it("T36, T37 its interfaces hold subnet and group until it is gone", async () => {
    const endpoint = await world.aws.make(ENDPOINT, inputs);
    await assert.rejects(world.aws.remove(network.subnets[0]), /DependencyViolation/);
    await assert.rejects(world.aws.remove(network.group), /DependencyViolation/);
    await world.aws.remove(endpoint);
    await world.aws.remove(network.subnets[0]);
    await world.aws.remove(network.group);
  });

  it("a change of subnets or groups moves its interfaces; their ids are unknown before", async () => {
    const endpoint = await world.aws.make(ENDPOINT, inputs);
    const one = { ...inputs, subnetIds: [network.subnets[1].id] };
    assert.equal(
      (await world.aws.update(endpoint, one, true)).outputs.networkInterfaceIds,
      "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    );
    const { outputs } = await world.aws.update(endpoint, one);
    assert.deepEqual(
      outputs.networkInterfaceIds,
      world.estate.list(INTERFACE).map((eni) => eni.id),
    );
    assert.equal(world.estate.list(INTERFACE)[0]?.props.subnetId, network.subnets[1].id);
  });
});
