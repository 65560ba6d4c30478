import assert from "node:assert/strict";
import { allPages, makeCall } from "../../../../automation/aws/call";
import { SallyportError } from "../../../../automation/core/errors";
import { FakeClock } from "../../../support/fake-clock";

const client = { middlewareStack: { add: () => undefined } };
const options = { region: "eu-west-2", clock: new FakeClock() };

describe("calls of AWS's clients", () => {
  it("translate an error once, with service and operation", async () => {
    const call = makeCall(client, "rds", options);
    await assert.rejects(
      call("DescribeDBClusters", () => Promise.reject(Object.assign(new Error("no"), { name: "AccessDenied" }))),
      { code: "AUTH_FORBIDDEN", message: "rds:DescribeDBClusters in eu-west-2 was refused: no" },
    );
  });

  it("end with the reason of an abort, before and during the call", async () => {
    const reason = new SallyportError("INTERRUPTED", { message: "Interrupted." });
    const controller = new AbortController();
    const call = makeCall(client, "rds", { ...options, signal: controller.signal });
    await assert.rejects(
      call("X", ({ abortSignal }) => {
        assert.equal(abortSignal, controller.signal);
        controller.abort(reason);
        return Promise.reject(Object.assign(new Error("Request aborted"), { name: "AbortError" }));
      }),
      reason,
    );
    let sent = false;
    await assert.rejects(
      call("X", async () => void (sent = true)),
      reason,
    );
    assert.equal(sent, false);
  });

  it("read all pages, and an empty token ends as a missing one does", async () => {
    const pages = [
      { items: [1, 2], next: "a" },
      { items: [], next: "b" },
      { items: [3], next: "" },
    ];
    const asked: (string | undefined)[] = [];
    const items = await allPages(async (token) => {
      asked.push(token);
      return pages[asked.length - 1] ?? { items: [], next: undefined };
    });
    assert.deepEqual(items, [1, 2, 3]);
    assert.deepEqual(asked, [undefined, "a", "b"]);
  });
});
