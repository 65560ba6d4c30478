import assert from "node:assert/strict";
import { happened, NothingThere } from "../../../../../automation/sandbox/faults/happened";

describe("what happened", () => {
  it("counts sessions, all or one", () => {
    const asked: (string | undefined)[] = [];
    const act = (count: number) => (session: string | undefined) => (asked.push(session), count);
    assert.deepEqual(
      [happened("", act(0)), happened("", act(2)), happened("a", act(1))],
      ["0 sessions", "2 sessions", "1 session"],
    );
    assert.deepEqual(asked, [undefined, undefined, "a"]);
  });

  it("a chosen session that is not open is no success", () => {
    assert.throws(() => happened("jane-1", () => 0), new NothingThere('no open session "jane-1"'));
  });
});
