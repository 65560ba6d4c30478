import assert from "node:assert/strict";
import { readEndpointFlags } from "../../../../automation/network/endpoint-flags";

describe("choice of AWS's endpoints", () => {
  it("reads true and false in any case; an empty value is false, a missing one leaves it to the profile", () => {
    assert.deepEqual(readEndpointFlags({}), {});
    assert.deepEqual(readEndpointFlags({ AWS_USE_FIPS_ENDPOINT: "true" }), { fips: true });
    assert.deepEqual(readEndpointFlags({ AWS_USE_FIPS_ENDPOINT: "TRUE", AWS_USE_DUALSTACK_ENDPOINT: "False" }), {
      fips: true,
      dualStack: false,
    });
    assert.deepEqual(readEndpointFlags({ AWS_USE_FIPS_ENDPOINT: "" }), { fips: false });
  });

  it("refuses other words by the variable's name", () => {
    assert.throws(() => readEndpointFlags({ AWS_USE_DUALSTACK_ENDPOINT: "yes" }), {
      code: "NETWORK_SETTINGS_INVALID",
      message: 'AWS_USE_DUALSTACK_ENDPOINT is "yes", neither true nor false.',
      next: "set AWS_USE_DUALSTACK_ENDPOINT to true or false, or unset it",
    });
  });
});
