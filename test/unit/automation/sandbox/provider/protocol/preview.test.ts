import assert from "node:assert/strict";
import { factsOf } from "../../../../../../automation/sandbox/provider/facts/facts";
import {
  inputsAsOutputs,
  previewCreate,
  previewUpdate,
} from "../../../../../../automation/sandbox/provider/protocol/preview";
import { UNKNOWN } from "../../../../../../automation/sandbox/provider/protocol/values";

const facts = factsOf("aws:ec2/subnet:Subnet");
const instance = { region: "eu-west-2", defaultTags: { owner: "p" } };

describe("preview", () => {
  it("inputs become outputs with region and all tags, without the bridge's own key", () => {
    assert.deepEqual(inputsAsOutputs(facts, { vpcId: "vpc-1", tags: { a: "b" }, __defaults: [] }, instance), {
      vpcId: "vpc-1",
      tags: { a: "b" },
      region: "eu-west-2",
      tagsAll: { owner: "p", a: "b" },
    });
    assert.deepEqual(inputsAsOutputs(factsOf("aws:iam/rolePolicy:RolePolicy"), { name: "n" }, instance), { name: "n" });
  });

  it("T1 of a creation: what AWS decides is unknown, unless it was said", () => {
    const outputs = previewCreate(facts, ["availabilityZone", "cidrBlock"], { cidrBlock: "10.0.0.0/24" }, instance);
    assert.deepEqual([outputs.arn, outputs.availabilityZone, outputs.cidrBlock], [UNKNOWN, UNKNOWN, "10.0.0.0/24"]);
  });

  it("of an update: outputs stay but for those that are named", () => {
    const outputs = previewUpdate(
      facts,
      { arn: "a", ownerId: "o", cidrBlock: "old" },
      { cidrBlock: "new" },
      ["ownerId"],
      instance,
    );
    assert.deepEqual([outputs.arn, outputs.ownerId, outputs.cidrBlock], ["a", UNKNOWN, "new"]);
  });
});
