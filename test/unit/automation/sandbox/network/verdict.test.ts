import assert from "node:assert/strict";
import { noName, REACHES, timesOut } from "../../../../../automation/sandbox/network/verdict";

describe("a verdict", () => {
  it("says what the sender sees and why", () => {
    assert.deepEqual(
      [REACHES, timesOut("no rule"), noName("no DNS")],
      [{ ok: true }, { ok: false, kind: "timeout", reason: "no rule" }, { ok: false, kind: "name", reason: "no DNS" }],
    );
  });
});
