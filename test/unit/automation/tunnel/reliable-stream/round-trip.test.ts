import assert from "node:assert/strict";
import {
  initialRoundTrip,
  resendDelay,
  sampleRoundTrip,
} from "../../../../../automation/tunnel/reliable-stream/round-trip";

const BOUNDS = { initialRtoMs: 200, minRtoMs: 200, maxRtoMs: 2_000 };

describe("round-trip estimate", () => {
  it("knows nothing at first; the first sample is taken as it is, with half of it as variation", () => {
    const nothing = initialRoundTrip(BOUNDS);
    assert.deepEqual(nothing, { rtt: 0, variation: 0, rto: 200 });
    assert.deepEqual(sampleRoundTrip(nothing, 300, BOUNDS), { rtt: 300, variation: 150, rto: 900 });
  });

  it("matrix 21: takes 1/8 of a sample, 1/4 of its distance from the old mean", () => {
    assert.deepEqual(sampleRoundTrip({ rtt: 100, variation: 0, rto: 200 }, 500, BOUNDS), {
      rtt: 150,
      variation: 100,
      rto: 550,
    });
  });

  it("matrix 21: never goes under the floor on a fast link, nor over the cap on a slow one", () => {
    let fast = initialRoundTrip(BOUNDS);
    for (let turn = 0; turn < 50; turn++) fast = sampleRoundTrip(fast, 0.1, BOUNDS);
    assert.equal(fast.rto, 200);
    assert.equal(sampleRoundTrip(initialRoundTrip(BOUNDS), 60_000, BOUNDS).rto, 2_000);
  });

  it("matrix 21: a 300 ms link settles above its round trip", () => {
    let slow = initialRoundTrip(BOUNDS);
    for (let turn = 0; turn < 50; turn++) slow = sampleRoundTrip(slow, 300, BOUNDS);
    assert.ok(slow.rto > 300 && slow.rto < 330, String(slow.rto));
  });

  it("matrix 21: resends back off by half again, up to the cap", () => {
    assert.deepEqual(
      [0, 1, 2, 20].map((resends) => resendDelay(200, resends, BOUNDS)),
      [200, 300, 450, 2_000],
    );
  });
});
