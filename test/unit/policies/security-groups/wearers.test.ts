import assert from "node:assert/strict";
import { Groups } from "../../../../policies/security-groups/groups";
import { wearersOf } from "../../../../policies/security-groups/wearers";
import { GOOD, group, INSTANCE, wears } from "../cases/access-path";
import { VPC, type StackSample } from "../cases/estate";
import { stackResources } from "../cases/stack-resources";

function wearers(key: string, ...samples: StackSample[]): string[] {
  const resources = stackResources(samples);
  return wearersOf(key, resources, new Groups(resources)).map(
    ({ resource, property }) => `${resource.name} ${property}`,
  );
}

describe("wearersOf", () => {
  it("finds things of every type by where a property comes from", () => {
    assert.deepEqual(wearers("bastion-group", ...GOOD), ["bastion vpcSecurityGroupIds"]);
    assert.deepEqual(
      wearers("a", group("a"), wears("aws:batch/computeEnvironment:ComputeEnvironment", "it", "computeResources", "a")),
      ["it computeResources"],
    );
  });

  it("leaves out rules, endpoints, notes and tags", () => {
    assert.deepEqual(wearers("endpoint-group", ...GOOD), []);
    assert.deepEqual(
      wearers(
        "a",
        group("a"),
        wears("aws:ssm/parameter:Parameter", "note", "value", "a"),
        wears(INSTANCE, "tagged", "tags", "a"),
        wears("pulumi:pulumi:Stack", "stack", "groupId", "a"),
      ),
      [],
    );
  });

  it("counts what is started from a template, each once, in its place", () => {
    const template = wears("aws:ec2/launchTemplate:LaunchTemplate", "template", "vpcSecurityGroupIds", "a");
    assert.deepEqual(wearers("a", group("a"), template), ["template vpcSecurityGroupIds"]);
    assert.deepEqual(
      wearers(
        "a",
        group("a"),
        template,
        wears(INSTANCE, "x", "launchTemplate", "template"),
        wears(INSTANCE, "y", "launchTemplate", "template"),
      ),
      ["x launchTemplate", "y launchTemplate"],
    );
  });

  it("counts the server of an interface that is attached by a resource of its own", () => {
    assert.deepEqual(
      wearers(
        "a",
        group("a"),
        wears("aws:ec2/networkInterface:NetworkInterface", "card", "securityGroups", "a"),
        { type: INSTANCE, name: "server", props: {} },
        {
          type: "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
          name: "plug",
          props: {},
          from: { networkInterfaceId: ["card"], instanceId: ["server"] },
        },
      ),
      ["server networkInterfaceId"],
    );
  });

  it("takes a VPC for its default group only where groups are named", () => {
    const samples = [
      VPC,
      wears(INSTANCE, "it", "vpcSecurityGroupIds", "vpc"),
      wears(INSTANCE, "not", "subnetId", "vpc"),
    ];
    assert.deepEqual(wearers("default of vpc", ...samples), ["it vpcSecurityGroupIds"]);
  });

  it("finds a group from elsewhere by its id, wherever it is written out", () => {
    const job = (id: string): StackSample => ({
      type: "t",
      name: id,
      props: { vpcConfig: { securityGroupIds: [id] } },
    });
    assert.deepEqual(wearers("sg-9", job("sg-9"), job("sg-8")), ["sg-9 vpcConfig"]);
  });
});
