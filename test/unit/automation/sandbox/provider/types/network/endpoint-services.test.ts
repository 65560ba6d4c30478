import assert from "node:assert/strict";
import {
  endpointService,
  hostedZoneId,
} from "../../../../../../../automation/sandbox/provider/types/network/endpoint-services";

describe("endpoint services", () => {
  it("are those of the region, with their kinds", () => {
    assert.deepEqual(endpointService("com.amazonaws.eu-west-2.s3", "eu-west-2"), {
      service: "s3",
      kinds: ["Interface", "Gateway"],
    });
    assert.equal(endpointService("com.amazonaws.eu-west-1.s3", "eu-west-2"), undefined);
    assert.equal(endpointService("com.amazonaws.eu-west-2.nothing", "eu-west-2"), undefined);
  });

  it("a name has always the same hosted zone", () => {
    assert.match(hostedZoneId("a"), /^Z[0-9A-Z]{12,20}$/);
    assert.equal(hostedZoneId("a"), hostedZoneId("a"));
  });
});
