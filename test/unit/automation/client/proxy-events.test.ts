import assert from "node:assert/strict";
import { proxyProgress } from "../../../../automation/client/proxy-events";
import type { ProxyEvent } from "../../../../automation/proxy/proxy-contract";

describe("what a proxy tells", () => {
  const cases: [ProxyEvent, string, string][] = [
    [
      { type: "proxy.connection.opened", connection: 3, database: "app", client: "psql" },
      "note",
      "connection 3 to app from psql",
    ],
    [{ type: "proxy.connection.opened", connection: 3, database: "app", client: "" }, "note", "connection 3 to app"],
    [
      { type: "proxy.connection.closed", connection: 3, ms: 1200, up: 999, down: 1536 },
      "done",
      "connection 3 closed, 999 B up, 1.5 kB down",
    ],
    [
      { type: "proxy.connection.closed", connection: 3, ms: 1200, up: 2_500_000, down: 3e9 },
      "done",
      "connection 3 closed, 2.5 MB up, 3.0 GB down",
    ],
    [
      { type: "proxy.connection.refused", connection: 4, code: "28P01", text: "password authentication failed" },
      "failed",
      "connection 4 refused: 28P01 password authentication failed",
    ],
    [{ type: "proxy.query.cancelled", connection: 3 }, "note", "connection 3: query cancelled"],
  ];
  for (const [event, mark, text] of cases) {
    it(`is a line: ${text}`, () => {
      const line = proxyProgress(event, false);
      assert.deepEqual(
        [line.stage, line.type, line.mark, line.text, line.detail],
        ["Proxy", event.type, mark, text, false],
      );
    });
  }

  it("has its values for machines, and the time where there is one", () => {
    const line = proxyProgress({ type: "proxy.connection.closed", connection: 3, ms: 1200, up: 1, down: 2 }, true);
    assert.deepEqual([line.data, line.ms, line.detail], [{ connection: 3, ms: 1200, up: 1, down: 2 }, 1200, true]);
  });
});
