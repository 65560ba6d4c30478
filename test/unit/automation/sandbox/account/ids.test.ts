import assert from "node:assert/strict";
import fc from "fast-check";
import {
  alphanumeric,
  ec2Id,
  endpointHash,
  hex,
  rdsResourceId,
  stableUuid,
  uniqueId,
  uuid,
} from "../../../../../automation/sandbox/account/ids";
import { seededBytes } from "../provider/fixture";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("ids", () => {
  it("have AWS's forms, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const random = seededBytes(seed);
        assert.match(ec2Id(random, "vpc"), /^vpc-[0-9a-f]{17}$/);
        assert.match(uuid(random), UUID);
        assert.match(uniqueId(random, "AROA"), /^AROA[A-Z2-7]{17}$/);
        assert.match(uniqueId(random, "AKIA", 20), /^AKIA[A-Z2-7]{16}$/);
        assert.match(rdsResourceId(random), /^[A-Z0-9]{26}$/);
        assert.match(alphanumeric(random, 6), /^[A-Za-z0-9]{6}$/);
        assert.match(hex(random, 17), /^[0-9a-f]{17}$/);
      }),
    );
  });

  it("R4 the endpoint hash is one per account and region", () => {
    const here = endpointHash("000000000000", "eu-west-2");
    assert.match(here, /^[a-z0-9]{12}$/);
    assert.equal(endpointHash("000000000000", "eu-west-2"), here);
    assert.notEqual(endpointHash("000000000000", "eu-west-1"), here);
    assert.notEqual(endpointHash("000000000001", "eu-west-2"), here);
  });

  it("a stable UUID is one, and the same for the same parts", () => {
    assert.match(stableUuid("a"), UUID);
    assert.equal(stableUuid("a", "b"), stableUuid("a", "b"));
    assert.notEqual(stableUuid("a", "b"), stableUuid("a", "c"));
  });
});
