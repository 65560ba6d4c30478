import assert from "node:assert/strict";
import { tryRefusal, type DemoWorld, type Refusal } from "../../../../automation/demo/refusal";

const world = {} as DemoWorld;
const refusal = (attempt: Refusal["attempt"]): Refusal => ({ title: "t", expected: /FATAL 28000 .*$/, attempt });

describe("a thing that must not work", () => {
  it("held, if it was refused with the expected words", async () =>
    assert.deepEqual(
      await tryRefusal(
        refusal(() => Promise.reject(new Error("so: FATAL 28000 no"))),
        world,
      ),
      {
        title: "t",
        held: true,
        words: "FATAL 28000 no",
      },
    ));

  it("did not hold, if it worked", async () =>
    assert.deepEqual(
      await tryRefusal(
        refusal(async () => 1),
        world,
      ),
      { title: "t", held: false, words: "it worked" },
    ));

  it("did not hold, if something else refused it", async () =>
    assert.deepEqual(
      await tryRefusal(
        refusal(() => Promise.reject(new Error("timeout"))),
        world,
      ),
      {
        title: "t",
        held: false,
        words: "timeout",
      },
    ));
});
