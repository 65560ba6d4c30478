import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { eventsFile } from "../../../../automation/client/events-file";
import { FakeClock } from "../../../support/fake-clock";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("--events FILE", () => {
  it("is made anew, private, one event a line, without secrets, the result last", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "e.ndjson");
      const context = recordedContext(folder, { clock: new FakeClock(0) });
      context.redactor.register("hunter22");
      const events = eventsFile("e.ndjson", context);
      events.context.reporter.report({ type: "door.done", stage: "Door", mark: "done", text: "hunter22", ms: 5 });
      events.result({ ok: false, exitCode: 125, code: "AUTH_NOT_SIGNED_IN" });
      events.close();
      const time = "1970-01-01T00:00:00.000Z";
      assert.deepEqual(
        readFileSync(file, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown),
        [
          { v: 1, time, type: "door.done", stage: "Door", mark: "done", text: "«redacted»", ms: 5 },
          { v: 1, time, type: "result", ok: false, exitCode: 125, code: "AUTH_NOT_SIGNED_IN" },
        ],
      );
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.deepEqual(
        context.events.map(({ type }) => type),
        ["door.done"],
      );
    }));

  it("of an earlier run is not added to; one that cannot be written is said at once", () =>
    inTemporaryFolder((folder) => {
      writeFileSync(path.join(folder, "e"), "old\n");
      eventsFile("e", recordedContext(folder)).close();
      assert.equal(readFileSync(path.join(folder, "e"), "utf8"), "");
      assert.throws(() => eventsFile("no/e", recordedContext(folder)), {
        code: "USAGE",
        message: "--events no/e cannot be written.",
      });
    }));

  it("left out writes nothing and leaves the context as it is", () => {
    const context = recordedContext("/");
    const events = eventsFile(undefined, context);
    events.result({ ok: true });
    events.close();
    assert.equal(events.context, context);
  });
});
