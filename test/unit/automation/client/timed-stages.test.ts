import assert from "node:assert/strict";
import { timedStages } from "../../../../automation/client/timed-stages";
import type { ProgressEvent } from "../../../../automation/core/events";
import { FakeClock } from "../../../support/fake-clock";

describe("timed stages", () => {
  it("report what came of a part and how long it took, also when it failed", async () => {
    const events: ProgressEvent[] = [];
    const clock = new FakeClock();
    const stage = timedStages({ report: (event) => void events.push(event) }, clock);
    const value = await stage(
      "Door",
      "door",
      async () => clock.advance(300).then(() => "i-1"),
      (id) => `tunnel through ${id}`,
    );
    assert.equal(value, "i-1");
    await assert.rejects(
      stage(
        "Connect",
        "connect",
        () => Promise.reject(new Error("no")),
        () => "",
      ),
      /no/,
    );
    assert.deepEqual(events, [
      { type: "door.done", stage: "Door", mark: "done", text: "tunnel through i-1", ms: 300 },
      { type: "connect.failed", stage: "Connect", mark: "failed", text: "failed", ms: 0 },
    ]);
  });
});
