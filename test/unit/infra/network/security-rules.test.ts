import assert from "node:assert/strict";
import { SECURITY_RULES } from "../../../../infra/network/security-rules";

describe("security rules", () => {
  it("are exactly the four flows: bastion to endpoints, bastion to databases, each from both sides", () => {
    const flows = SECURITY_RULES.map(({ group, direction, port, peer }) => `${group} ${direction} ${port} ${peer}`);
    assert.deepEqual(flows, [
      "bastion egress 443 endpoint",
      "bastion egress 5432 database",
      "endpoint ingress 443 bastion",
      "database ingress 5432 bastion",
    ]);
  });
});
