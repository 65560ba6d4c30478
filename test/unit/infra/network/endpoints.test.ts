import assert from "node:assert/strict";
import { endpointPolicy } from "../../../../infra/contract/endpoint-policy";
import { Endpoints } from "../../../../infra/network/endpoints";
import { record, settled, type Recording } from "../recorded";

describe("endpoints", () => {
  let recording: Recording;

  before(async () => {
    const args = {
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-1",
      region: "eu-west-2",
      account: "111122223333",
      bastionRoleArn: "arn:role",
    };
    const recorded = await record(() => new Endpoints("e", args));
    recording = recorded.recording;
    await Promise.all(recorded.result.all.map((endpoint) => settled(endpoint.id)));
  });

  for (const service of ["ssm", "ssmmessages"] as const) {
    it(`makes a private interface endpoint that only the bastion's role may use: ${service}`, () => {
      const found = recording.resources.find((each) => each.name === `e-${service}`);
      const { policy, ...inputs } = found?.inputs ?? {};
      assert.deepEqual(inputs, {
        vpcId: "vpc-1",
        serviceName: `com.amazonaws.eu-west-2.${service}`,
        vpcEndpointType: "Interface",
        subnetIds: ["subnet-1", "subnet-2"],
        securityGroupIds: ["sg-1"],
        privateDnsEnabled: true,
        tags: { Name: `e-${service}` },
      });
      assert.deepEqual(JSON.parse(String(policy)), endpointPolicy(service, "111122223333", "arn:role"));
      assert.equal(found?.parent, "e");
    });
  }
});
