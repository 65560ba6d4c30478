import assert from "node:assert/strict";
import { isLookedAt, SERVICES } from "../../../../policies/endpoints/session-endpoints";

describe("isLookedAt", () => {
  const ssm = { vpcEndpointType: "Interface", serviceName: "com.amazonaws.eu-west-2.ssm" };

  it("is an interface endpoint of one of the services", () => {
    assert.equal(isLookedAt(ssm, { services: SERVICES.default }), true);
    assert.equal(isLookedAt(ssm, { services: ["kms"] }), false);
    assert.equal(isLookedAt({ ...ssm, vpcEndpointType: "Gateway" }, { services: SERVICES.default }), false);
    assert.equal(isLookedAt({ serviceName: ssm.serviceName }, { services: SERVICES.default }), false);
  });
});
