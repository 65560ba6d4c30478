import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { buildNetwork, EC2_TRUST, openWorld, type World } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const INSTANCE = "aws:ec2/instance:Instance";
const ARM = "ami-0a2000000000000a4";
const X86 = "ami-0a20000000000086f";

describe("simulated instance", () => {
  let world: World;
  let inputs: Props;
  let network: Awaited<ReturnType<typeof buildNetwork>>;
  beforeEach(async () => {
    world = await openWorld();
    network = await buildNetwork(world);
    inputs = {
      ami: ARM,
      instanceType: "t4g.nano",
      subnetId: network.subnets[0].id,
      vpcSecurityGroupIds: [network.group.id],
    };
  });
  afterEach(() => world.close());

  it("an image of another architecture is refused", async () => {
    await assert.rejects(
      world.aws.make(INSTANCE, { ...inputs, ami: X86 }),
      /creating EC2 Instance: operation error EC2: RunInstances, .* api error InvalidParameterValue: The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of the specified AMI\./,
    );
    await world.aws.make(INSTANCE, { ...inputs, ami: X86, instanceType: "t3.nano" });
  });

  it("a missing image, a small volume and a foreign group are refused", async () => {
    await assert.rejects(
      world.aws.make(INSTANCE, { ...inputs, ami: "ami-1" }),
      /InvalidAMIID\.NotFound: The image id '\[ami-1\]' does not exist/,
    );
    await assert.rejects(
      world.aws.make(INSTANCE, { ...inputs, rootBlockDevice: { volumeSize: 4 } }),
      /InvalidBlockDeviceMapping: Volume of size 4GB is smaller than snapshot/,
    );
    const elsewhere = await world.aws.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.50.0.0/24" });
    const foreign = [plainText(elsewhere.outputs.defaultSecurityGroupId)];
    await assert.rejects(
      world.aws.make(INSTANCE, { ...inputs, vpcSecurityGroupIds: foreign }),
      /InvalidParameter: Security group \S+ and subnet \S+ belong to different networks/,
    );
  });

  it("a profile that was just made is not found at first: the provider tries again, a missing one stays refused", async () => {
    await world.aws.make("aws:iam/role:Role", { name: "door", assumeRolePolicy: EC2_TRUST });
    await world.aws.make("aws:iam/instanceProfile:InstanceProfile", { name: "door", role: "door" });
    const before = world.estate.clocks.work();
    await world.aws.make(INSTANCE, { ...inputs, iamInstanceProfile: "door" });
    // Two tries five seconds apart, and half a minute to start.
    assert.equal(world.estate.clocks.work() - before, 40_000);
    await assert.rejects(
      world.aws.make(INSTANCE, { ...inputs, iamInstanceProfile: "other" }),
      /InvalidParameterValue: Value \(other\) for parameter iamInstanceProfile\.name is invalid\. Invalid IAM Instance Profile name/,
    );
  });

  it("has an address of its subnet, no public one, and what the image asks of the metadata service", async () => {
    const { outputs } = await world.aws.make(INSTANCE, { ...inputs, metadataOptions: { httpPutResponseHopLimit: 1 } });
    assert.deepEqual([outputs.privateIp, outputs.publicIp, outputs.instanceState], ["10.40.0.4", "", "running"]);
    assert.equal((outputs.metadataOptions as Props).httpTokens, "required");
    assert.equal((outputs.metadataOptions as Props).httpPutResponseHopLimit, 1);
  });

  it("a type of another architecture and encryption replace, a type of the same does not", async () => {
    const made = await world.aws.make(INSTANCE, inputs);
    assert.deepEqual((await world.aws.diff(made, { ...inputs, instanceType: "t3.nano" })).replaces, ["instanceType"]);
    assert.deepEqual((await world.aws.diff(made, { ...inputs, instanceType: "t4g.micro" })).replaces, []);
    assert.deepEqual((await world.aws.diff(made, { ...inputs, rootBlockDevice: { encrypted: true } })).replaces, [
      "rootBlockDevice",
    ]);
    const updated = await world.aws.update(made, { ...inputs, metadataOptions: { httpEndpoint: "disabled" } });
    assert.deepEqual(
      [(updated.outputs.metadataOptions as Props).httpEndpoint, (updated.outputs.metadataOptions as Props).httpTokens],
      ["disabled", "required"],
    );
  });

  it("protected against termination it stays; otherwise its interface goes with it", async () => {
    const made = await world.aws.make(INSTANCE, { ...inputs, disableApiTermination: true });
    await assert.rejects(world.aws.remove(made), /OperationNotPermitted/);
    const open = await world.aws.update(made, inputs);
    await world.aws.remove(open);
    assert.deepEqual(world.estate.list("sandbox:ec2:NetworkInterface"), []);
  });
});
