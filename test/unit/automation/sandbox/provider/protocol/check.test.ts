import assert from "node:assert/strict";
import type { Props } from "../../../../../../automation/sandbox/account/estate";
import { factsOf } from "../../../../../../automation/sandbox/provider/facts/facts";
import { checkInputs } from "../../../../../../automation/sandbox/provider/protocol/check";
import { UNKNOWN } from "../../../../../../automation/sandbox/provider/protocol/values";

const VPC = "aws:ec2/vpc:Vpc";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const check = (token: string, news: Props, olds: Props = {}, seen: Props[] = []) =>
  checkInputs({
    token,
    facts: factsOf(token),
    news,
    olds,
    naming: { logicalName: "x", seed: Buffer.alloc(0), mode: "provider", proposed: "" },
    jsonObjects: [],
    rules: (inputs) => void seen.push(inputs),
  });

describe("check", () => {
  it("T5 adds schema defaults and remembers which", () => {
    const { inputs } = check(VPC, { cidrBlock: "10.0.0.0/16", enableDnsSupport: false });
    assert.deepEqual(inputs, {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: false,
      enableDnsHostnames: false,
      instanceTenancy: "default",
      assignGeneratedIpv6CidrBlock: false,
      __defaults: ["assignGeneratedIpv6CidrBlock", "enableDnsHostnames", "instanceTenancy"],
    });
  });

  it("a made name is kept, a name that the program took back is made anew", () => {
    assert.equal(check(GROUP, {}, { name: "x-0000000", __defaults: ["name"] }).inputs.name, "x-0000000");
    assert.notEqual(check(GROUP, {}, { name: "mine", __defaults: [] }).inputs.name, "mine");
    assert.equal(check(GROUP, { namePrefix: "p-" }).inputs.name, undefined);
  });

  it("rules see known inputs only, and none when something simpler is wrong", () => {
    const seen: Props[] = [];
    check(VPC, { cidrBlock: UNKNOWN, tags: { a: "b" } }, {}, seen);
    assert.deepEqual([seen[0]?.cidrBlock, seen[0]?.tags], [undefined, { a: "b" }]);
    assert.equal(check(VPC, { nonsense: 1 }, {}, seen).failures.length, 1);
    assert.equal(seen.length, 1);
  });
});
