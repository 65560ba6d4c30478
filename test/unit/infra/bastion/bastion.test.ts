import assert from "node:assert/strict";
import { Bastion } from "../../../../infra/bastion/bastion";
import { inputsOf, record, settled } from "../recorded";

describe("bastion", () => {
  it("is a tagged instance of the newest arm64 image, hardened, without key or public address", async () => {
    const args = {
      estate: "payments",
      env: "dev",
      instanceType: "t4g.nano",
      subnetId: "subnet-1",
      securityGroupId: "sg-1",
      profileName: "profile",
      after: [],
    };
    const { recording, result } = await record(() => new Bastion("b", args));
    assert.equal(await settled(result.instanceId), "b-id");
    assert.deepEqual(recording.invokes, [
      {
        token: "aws:ssm/getParameter:getParameter",
        inputs: { name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" },
        provider: undefined,
      },
    ]);
    assert.deepEqual(inputsOf(recording, "aws:ec2/instance:Instance"), {
      ami: "ami-1",
      instanceType: "t4g.nano",
      subnetId: "subnet-1",
      vpcSecurityGroupIds: ["sg-1"],
      iamInstanceProfile: "profile",
      associatePublicIpAddress: false,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: 8, deleteOnTermination: true },
      maintenanceOptions: { autoRecovery: "default" },
      tags: { Name: "b", "sallyport:door": "payments/dev" },
    });
  });
});
