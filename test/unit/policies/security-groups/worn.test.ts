import assert from "node:assert/strict";
import { Groups } from "../../../../policies/security-groups/groups";
import { isSessionService, Wardrobe } from "../../../../policies/security-groups/worn";
import { GOOD, group, INSTANCE, wears } from "../cases/access-path";
import { inVpc, VPC, type StackSample } from "../cases/estate";
import { openVerdict, stackResources } from "../cases/stack-resources";
import { UNKNOWN } from "../run-rule";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

function wardrobe(samples: readonly StackSample[]) {
  const resources = stackResources(samples);
  const { open, verdict } = openVerdict();
  const made = new Wardrobe(resources, new Groups(resources), verdict);
  const of = (name: string): readonly string[] => made.of(resources.filter((each) => each.name === name)[0] as never);
  return { made, of, open };
}

describe("Wardrobe", () => {
  it("finds the groups of bastions, databases and endpoints before any id is known", () => {
    const { made, open } = wardrobe(GOOD);
    const keys = (worn: readonly { readonly key: string }[]): string[] => worn.map(({ key }) => key);
    assert.deepEqual(keys(made.ofBastions()), ["bastion-group"]);
    assert.deepEqual(keys(made.ofDatabases()), ["database-group"]);
    assert.deepEqual(keys(made.ofEndpoints()), ["endpoint-group"]);
    assert.deepEqual(open, []);
  });

  it("goes through templates and what stands inside them", () => {
    const inside: StackSample = {
      type: TEMPLATE,
      name: "template",
      props: { networkInterfaces: [{ securityGroups: [UNKNOWN] }] },
      from: { networkInterfaces: ["a"] },
    };
    for (const step of ["launchTemplate", "mixedInstancesPolicy"]) {
      const { of, open } = wardrobe([group("a"), inside, wears("aws:autoscaling/group:Group", "it", step, "template")]);
      assert.deepEqual(of("it"), ["a"], step);
      assert.deepEqual(open, []);
    }
  });

  it("takes the default group of its VPC where nothing is named", () => {
    const { of } = wardrobe([
      VPC,
      inVpc("aws:ec2/subnet:Subnet", "s"),
      { type: INSTANCE, name: "it", props: {}, from: { subnetId: ["s"] } },
    ]);
    assert.deepEqual(of("it"), ["default of vpc"]);
  });

  it("says what it cannot see: a template or interface from elsewhere, groups that are not known, no VPC at all", () => {
    // Each stands in a subnet of the program, whose default group it must not be taken to wear.
    const place = [VPC, inVpc("aws:ec2/subnet:Subnet", "s")];
    const inSubnet = (props: StackSample["props"]): StackSample => ({
      type: INSTANCE,
      name: "it",
      props,
      from: { subnetId: ["s"], ...Object.fromEntries(Object.keys(props).map((key): [string, string[]] => [key, []])) },
    });
    const unseen: readonly (readonly StackSample[])[] = [
      [...place, inSubnet({ launchTemplate: { id: "lt-1" } })],
      [...place, inSubnet({ launchTemplate: UNKNOWN })],
      [...place, inSubnet({ networkInterfaces: [{ networkInterfaceId: "eni-1" }] })],
      [...place, inSubnet({ networkInterfaces: [{ networkInterfaceId: UNKNOWN }] })],
      [...place, inSubnet({ networkInterfaces: [{ securityGroups: UNKNOWN }] })],
      [{ type: INSTANCE, name: "it", props: {} }],
    ];
    for (const samples of unseen) {
      const { of, open } = wardrobe(samples);
      assert.deepEqual(of("it"), []);
      assert.deepEqual(open, ["groups of it"]);
    }
    const { of, open } = wardrobe([...place, inSubnet({ networkInterfaces: [{ deviceIndex: 0 }] })]);
    assert.deepEqual(of("it"), ["default of vpc"]);
    assert.deepEqual(open, []);
  });

  it("passes over the names of groups that AWS tells beside their ids", () => {
    const { of } = wardrobe([
      { type: INSTANCE, name: "it", props: { vpcSecurityGroupIds: ["sg-1"], securityGroups: ["default"] } },
    ]);
    assert.deepEqual(of("it"), ["sg-1"]);
  });

  it("ends on a circle", () => {
    const { of } = wardrobe([
      wears(TEMPLATE, "x", "launchTemplate", "it"),
      wears(TEMPLATE, "it", "launchTemplate", "x"),
    ]);
    assert.deepEqual(of("it"), []);
  });
});

describe("isSessionService", () => {
  it("goes by the last part of the name", () => {
    for (const service of ["ssm", "ssmmessages", "ec2messages"])
      assert.equal(isSessionService(`com.amazonaws.eu-west-2.${service}`), true);
    for (const other of ["com.amazonaws.eu-west-2.kms", "com.amazonaws.eu-west-2.not-ssm", undefined, ""])
      assert.equal(isSessionService(other), false);
    assert.equal(isSessionService("com.amazonaws.eu-west-2.kms", ["kms"]), true);
  });
});
