import assert from "node:assert/strict";
import { regionDescription, zonesOf } from "../../../../../automation/sandbox/account/regions";

describe("regions", () => {
  it("have three zones each with an id of its own", () => {
    assert.deepEqual(zonesOf("eu-west-2"), [
      { name: "eu-west-2a", id: "euw2-az2" },
      { name: "eu-west-2b", id: "euw2-az3" },
      { name: "eu-west-2c", id: "euw2-az1" },
    ]);
    assert.equal(regionDescription("eu-west-1"), "Europe (Ireland)");
  });

  it("others are unknown", () => {
    assert.deepEqual([zonesOf("mars-1"), regionDescription("mars-1")], [[], undefined]);
  });
});
