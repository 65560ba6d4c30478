import assert from "node:assert/strict";
import { MessageRate, type RateVerdict } from "../../../../../automation/sandbox/agent/message-rate";

/** Verdicts of seconds with so many messages each. */
function verdicts(limit: number, ...seconds: number[]): (RateVerdict | undefined)[] {
  const rate = new MessageRate(() => limit);
  return seconds.map((messages) => {
    for (let sent = 0; sent < messages; sent++) rate.message();
    const said = Array.from({ length: 10 }, () => rate.tick());
    assert.deepEqual(said.slice(0, 9), Array(9).fill(undefined));
    return said[9];
  });
}

describe("message rate", () => {
  it("says pause in the first second above the limit, close in the third", () => {
    assert.deepEqual(verdicts(100, 100, 101, 101, 101), [undefined, "pause", undefined, "close"]);
  });

  it("says start when a second is below it again, and counts anew", () => {
    assert.deepEqual(verdicts(100, 200, 200, 0, 200, 0, 0), ["pause", undefined, "start", "pause", "start", undefined]);
  });

  it("without a limit says nothing", () => {
    assert.deepEqual(verdicts(0, 100_000, 100_000, 100_000), [undefined, undefined, undefined]);
  });
});
