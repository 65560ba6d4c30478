import assert from "node:assert/strict";
import { heldSignal } from "../../../../automation/client/held-signal";

describe("a held signal", () => {
  it("follows until it is let go, and not after", () => {
    const followed = new AbortController();
    const held = heldSignal(followed.signal);
    held.release();
    followed.abort(new Error("late"));
    assert.equal(held.signal.aborted, false);
  });

  it("passes the reason on before that, and letting go throws it", () => {
    const [followed, reason] = [new AbortController(), new Error("interrupted")];
    const held = heldSignal(followed.signal);
    followed.abort(reason);
    assert.equal(held.signal.reason, reason);
    assert.throws(() => held.release(), reason);
    assert.throws(() => heldSignal(followed.signal).release(), reason);
  });
});
