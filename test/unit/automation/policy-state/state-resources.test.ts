import assert from "node:assert/strict";
import fc from "fast-check";
import { formatProblem } from "../../../../infra/contract/result";
import { stateResources } from "../../../../automation/policy-state/state-resources";
import { UNKNOWN } from "../../../../automation/policy-state/state-value";

const VPC = "urn:pulumi:dev::app::aws:ec2/vpc:Vpc::main";
const SUBNET = "urn:pulumi:dev::app::house:net:Network$aws:ec2/subnet:Subnet::a::1";

const exportOf = (resources: unknown, more: object = {}): unknown => ({
  version: 3,
  deployment: { manifest: {}, resources, ...more },
});

const problemsOf = (exported: unknown): string[] => {
  const result = stateResources(exported);
  return result.ok ? [] : result.problems.map(formatProblem);
};

describe("resources of an exported state", () => {
  it("have type and name of their URN, inputs, outputs and what each property comes from", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
    const result = stateResources(
      exportOf([
        { urn: VPC, custom: true, type: "aws:ec2/vpc:Vpc", inputs: { tags: secret }, outputs: { id: "vpc-1" } },
        {
          urn: SUBNET,
          inputs: { vpcId: "vpc-1" },
          protect: true,
          external: true,
          propertyDependencies: { vpcId: [VPC], cidrBlock: null },
        },
      ]),
    );
    assert.deepEqual(result, {
      ok: true,
      value: {
        resources: [
          {
            urn: VPC,
            type: "aws:ec2/vpc:Vpc",
            name: "main",
            inputs: { tags: UNKNOWN },
            outputs: { id: "vpc-1" },
            propertyDependencies: {},
            protect: false,
            managed: true,
          },
          {
            urn: SUBNET,
            type: "aws:ec2/subnet:Subnet",
            name: "a::1",
            inputs: { vpcId: "vpc-1" },
            outputs: {},
            propertyDependencies: { vpcId: [VPC], cidrBlock: [] },
            protect: true,
            managed: false,
          },
        ],
        pending: [],
      },
    });
  });

  it("have their id among the outputs, where rules look for it", () => {
    const outputsOf = (more: object): unknown => {
      const result = stateResources(exportOf([{ urn: VPC, ...more }]));
      return result.ok && result.value.resources[0]?.outputs;
    };
    assert.deepEqual(outputsOf({ id: "vpc-1" }), { id: "vpc-1" });
    assert.deepEqual(outputsOf({ id: "vpc-1", outputs: { id: "vpc-2", arn: "a" } }), { id: "vpc-2", arn: "a" });
    assert.deepEqual(outputsOf({ id: "" }), {});
  });

  it("leave out what waits for deletion or replacement, and providers", () => {
    const provider = "urn:pulumi:dev::app::pulumi:providers:aws::default";
    const result = stateResources(
      exportOf([
        { urn: VPC, delete: true },
        { urn: SUBNET, pendingReplacement: true },
        { urn: provider, inputs: { secretKey: "x" } },
      ]),
    );
    assert.deepEqual(result, { ok: true, value: { resources: [], pending: [] } });
  });

  it("name what a killed run left open", () => {
    const pending_operations = [{ type: "creating", resource: { urn: VPC } }, { resource: { urn: SUBNET } }];
    const result = stateResources(exportOf(null, { pending_operations }));
    assert.deepEqual(result.ok && result.value.pending, [
      "creating main (aws:ec2/vpc:Vpc)",
      "changing a::1 (aws:ec2/subnet:Subnet)",
    ]);
  });

  it("of a new stack are none", () => {
    assert.deepEqual(stateResources({ version: 4, deployment: {} }), {
      ok: true,
      value: { resources: [], pending: [] },
    });
  });

  it("a file of another kind is refused", () => {
    assert.deepEqual(problemsOf([]), ["the file: seen a list; expected what `pulumi stack export` prints"]);
    assert.deepEqual(problemsOf({ version: 3, checkpoint: { latest: {} } }), [
      "the file: seen a checkpoint; expected what `pulumi stack export` prints, not a backend's own file",
    ]);
    assert.deepEqual(problemsOf({ version: 2, deployment: {} }), [
      "version: seen 2; expected 3 or 4: a stack export of Pulumi 3",
    ]);
    assert.deepEqual(problemsOf({ version: "hunter2" }), [
      "version: seen a string; expected 3 or 4: a stack export of Pulumi 3",
      "deployment: seen nothing; expected an object",
    ]);
  });

  it("every problem is named at once, by path and kind and never by value", () => {
    const resources = [
      "hunter2",
      { urn: "hunter2" },
      { urn: VPC, inputs: "hunter2", outputs: ["hunter2"] },
      { urn: 7 },
    ];
    const dependent = { urn: VPC, propertyDependencies: { vpcId: "hunter2" } };
    const problems = problemsOf(exportOf([...resources, dependent], { pending_operations: [{ type: "creating" }] }));
    assert.deepEqual(problems, [
      "deployment.resources[0]: seen a string; expected a resource",
      "deployment.resources[1].urn: seen another text; expected urn:pulumi:<stack>::<project>::<type>::<name>",
      "deployment.resources[2].inputs: seen a string; expected an object",
      "deployment.resources[2].outputs: seen a list; expected an object",
      "deployment.resources[3].urn: seen a number; expected urn:pulumi:<stack>::<project>::<type>::<name>",
      "deployment.resources[4].propertyDependencies.vpcId: seen a string; expected a list",
      "deployment.pending_operations[0].resource.urn: seen nothing; expected urn:pulumi:<stack>::<project>::<type>::<name>",
    ]);
    assert.deepEqual(problemsOf(exportOf("hunter2")), ["deployment.resources: seen a string; expected a list"]);
  });

  it("whatever the file holds, the answer is resources or problems", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (resource, deployment) => {
        for (const exported of [exportOf([resource]), { version: 3, deployment }, deployment]) {
          const result = stateResources(exported);
          assert.ok(result.ok || result.problems.length > 0);
        }
      }),
    );
  });
});
