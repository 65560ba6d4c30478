import assert from "node:assert/strict";
import { passes } from "../../../../../automation/sandbox/network/security-path";
import { doorEstate } from "../../../../support/door-estate";

describe("a path between two interfaces", () => {
  const path = {
    account: "000000000000",
    from: { vpcId: "vpc-1", ranges: ["10.40.0.10"], groups: ["sg-bastion"] },
    to: { vpcId: "vpc-1", ranges: ["10.40.0.128/27"], groups: ["sg-database"] },
    port: 5432,
    toName: "the cluster sp-app",
  };

  it("needs both groups' rules and no way back", () => {
    assert.deepEqual(passes(doorEstate().estate, path), { ok: true });
  });

  it("does not leave the VPC", () => {
    const verdict = passes(doorEstate().estate, { ...path, to: { ...path.to, vpcId: "vpc-2" } });
    assert.deepEqual(verdict, {
      ok: false,
      kind: "timeout",
      reason: "the cluster sp-app is in vpc-2, the instance in vpc-1",
    });
  });

  it("another port is another rule", () => {
    assert.deepEqual(passes(doorEstate().estate, { ...path, port: 22 }), {
      ok: false,
      kind: "timeout",
      reason: "no egress rule of sg-bastion lets tcp 22 out to the cluster sp-app",
    });
  });
});
