import assert from "node:assert/strict";
import type { ProgressEvent } from "../../../../automation/core/events";
import { reportAccess } from "../../../../automation/runner/preview";

describe("preview", () => {
  it("reports each change of access as a line and as data", () => {
    const seen: ProgressEvent[] = [];
    const change = {
      kind: "lost" as const,
      loginName: "sam",
      cluster: "app",
      database: "app",
      role: "readonly",
      until: undefined,
    };
    reportAccess([change], { reporter: { report: (event) => seen.push(event) } });
    assert.deepEqual(seen, [
      {
        type: "access.lost",
        stage: "",
        mark: "note",
        text: "− sam                          app/app        readonly",
        data: change,
      },
    ]);
  });
});
