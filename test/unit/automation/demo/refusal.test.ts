import assert from "node:assert/strict";
import { awsWords, shortHosts, tryRefusal, type DemoWorld, type Refusal } from "../../../../automation/demo/refusal";

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

  it("an AWS error is told with status and name", () => {
    const cause = Object.assign(new Error("No access"), {
      name: "ForbiddenException",
      $metadata: { httpStatusCode: 403 },
    });
    assert.equal(awsWords(new Error("ours", { cause })), "403 ForbiddenException: No access");
  });

  it("endpoint names are shown without what all of them end with", () =>
    assert.equal(shortHosts('for "app.cluster-1e7.eu-west-2.rds.amazonaws.com".'), 'for "app.cluster-1e7.…".'));

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
