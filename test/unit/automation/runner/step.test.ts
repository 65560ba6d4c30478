import assert from "node:assert/strict";
import { SallyportError } from "../../../../automation/core/errors";
import type { ProgressEvent } from "../../../../automation/core/events";
import { runStep } from "../../../../automation/runner/step";
import { FakeClock } from "../../../support/fake-clock";

const NAME = { type: "door.open", stage: "Door", text: "opening" };

describe("runStep", () => {
  it("says what goes on, then what came of it and how long it took", async () => {
    const seen: ProgressEvent[] = [];
    const clock = new FakeClock();
    const value = runStep(NAME, { clock, reporter: { report: (event) => seen.push(event) } }, async () => {
      await clock.sleep(900);
      return { value: 7, text: "open", data: { port: 5 } };
    });
    await clock.advance(900);
    assert.equal(await value, 7);
    assert.deepEqual(seen, [
      { type: "door.open.started", stage: "Door", mark: "going", text: "opening" },
      { type: "door.open.done", stage: "Door", mark: "done", text: "open", ms: 900, data: { port: 5 } },
    ]);
  });

  it("reports a failure under the step's name and keeps the cause's own code", async () => {
    const seen: ProgressEvent[] = [];
    const failing = runStep(
      NAME,
      { clock: new FakeClock(), reporter: { report: (event) => seen.push(event) } },
      async () => {
        throw new SallyportError("TUNNEL_TIMEOUT", { message: "late" });
      },
    );
    await assert.rejects(failing, { code: "TUNNEL_TIMEOUT", message: "late" });
    assert.deepEqual(seen.at(-1), {
      type: "door.open.failed",
      stage: "Door",
      mark: "failed",
      text: "opening",
      ms: 0,
      data: { code: "TUNNEL_TIMEOUT" },
    });
  });
});
