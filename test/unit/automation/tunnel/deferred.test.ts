import assert from "node:assert/strict";
import { Deferred } from "../../../../automation/tunnel/deferred";

describe("deferred", () => {
  it("resolves and rejects from outside, once", async () => {
    const kept = new Deferred<number>();
    kept.resolve(1);
    kept.reject(new Error("late"));
    assert.equal(await kept.promise, 1);
    const broken = new Deferred<number>();
    broken.reject(new Error("no"));
    await assert.rejects(broken.promise, /no/);
  });
});
