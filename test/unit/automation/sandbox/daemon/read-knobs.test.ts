import assert from "node:assert/strict";
import { DEFAULT_KNOBS } from "../../../../../automation/sandbox/account/estate";
import { readKnobs } from "../../../../../automation/sandbox/daemon/read-knobs";

describe("knobs in a control request", () => {
  it("are taken by their name and type", () => {
    assert.deepEqual(readKnobs({ wallOffsetMs: 600_000, eventualConsistency: false }, DEFAULT_KNOBS), {
      wallOffsetMs: 600_000,
      eventualConsistency: false,
    });
    assert.deepEqual(readKnobs({}, DEFAULT_KNOBS), {});
  });

  it("of another name, type or value are refused", () => {
    assert.match(
      JSON.stringify(readKnobs({ sped: 1 }, DEFAULT_KNOBS)),
      /^"there is no knob sped; there are wallOffsetMs, speed,/,
    );
    assert.equal(readKnobs({ speed: "1" }, DEFAULT_KNOBS), "the knob speed is a number");
    assert.equal(readKnobs({ speed: 0 }, DEFAULT_KNOBS), "the knob speed is more than 0");
    assert.equal(readKnobs({ wallOffsetMs: NaN }, DEFAULT_KNOBS), "the knob wallOffsetMs is a finite number");
    assert.equal(
      readKnobs({ constructor: 1 }, DEFAULT_KNOBS),
      `there is no knob constructor; there are ${Object.keys(DEFAULT_KNOBS).join(", ")}`,
    );
    for (const bad of [null, [], 1]) assert.equal(readKnobs(bad, DEFAULT_KNOBS), "knobs are an object");
  });
});
