import assert from "node:assert/strict";
import { stackProgress } from "../../../../../automation/runner/stack-child/stack-progress";

const step = (op: string, type = "aws:ec2/vpc:Vpc"): { metadata: { op: string; urn: string; type: string } } => ({
  metadata: { op, urn: "urn:pulumi:dev::p::t::vpc", type },
});
const text = (operation: string, event: Parameters<typeof stackProgress>[2]): string | undefined => {
  const progress = stackProgress("Platform", operation, event);
  return progress && `${progress.mark} ${progress.text}`;
};

describe("stack progress", () => {
  it("begins, ends and failures are told", () => {
    assert.equal(text("up", { resourcePreEvent: step("create") }), 'going create: aws:ec2/vpc:Vpc "vpc"');
    assert.equal(text("up", { resOutputsEvent: step("replace") }), 'done replaced aws:ec2/vpc:Vpc "vpc"');
    assert.equal(
      text("destroy", { resOpFailedEvent: step("delete") }),
      'failed could not delete aws:ec2/vpc:Vpc "vpc"',
    );
  });

  it("a preview tells once what would be done", () => {
    assert.equal(text("preview", { resourcePreEvent: step("update") }), 'note would update aws:ec2/vpc:Vpc "vpc"');
    assert.equal(text("preview", { resOutputsEvent: step("update") }), undefined);
  });

  it("what stays the same, halves of a replacement and other events are silent", () => {
    for (const event of [
      { resourcePreEvent: step("same") },
      { resOutputsEvent: step("create-replacement") },
      { resourcePreEvent: step("create", "pulumi:pulumi:Stack") },
      {},
    ])
      assert.equal(text("up", event), undefined);
  });

  it("a component is told by its name and stands for what it holds; a stack's whole is told by its step", () => {
    const ended = (type: string) => stackProgress("Platform", "up", { resOutputsEvent: step("create", type) });
    assert.deepEqual(
      [ended("sallyport:network:SecurityGroups")?.text, ended("sallyport:network:SecurityGroups")?.detail],
      ["created security groups", undefined],
    );
    assert.equal(ended("sallyport:index:Platform")?.detail, true);
    assert.equal(ended("aws:ec2/vpc:Vpc")?.detail, true);
  });

  it("what AWS takes its time for is told, with how long", () => {
    const begun = stackProgress("Platform", "up", {
      resourcePreEvent: step("create", "aws:rds/clusterInstance:ClusterInstance"),
    });
    assert.deepEqual(
      [begun?.text, begun?.detail],
      ['create: aws:rds/clusterInstance:ClusterInstance "vpc": usually 5–9 min in AWS', undefined],
    );
  });

  it("machines get the parts", () => {
    assert.deepEqual(stackProgress("Platform", "up", { resOutputsEvent: step("create") })?.data, {
      operation: "up",
      op: "create",
      phase: "done",
      urn: "urn:pulumi:dev::p::t::vpc",
      resourceType: "aws:ec2/vpc:Vpc",
      name: "vpc",
    });
  });
});
