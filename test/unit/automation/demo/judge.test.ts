import assert from "node:assert/strict";
import { judge } from "../../../../automation/demo/judge";

describe("the demo's judgement", () => {
  const line = (title: string, held: boolean) => ({ title, held, words: held ? "no" : "it worked" });

  it("passes when every line held", () => judge([line("a", true), line("b", true)]));

  it("names every line that did not", () =>
    assert.throws(() => judge([line("a", false), line("b", true), line("c", false)]), {
      code: "DEMO_FAILED",
      exitCode: 1,
      message: "Not every line held: a: it worked; c: it worked.",
    }));
});
