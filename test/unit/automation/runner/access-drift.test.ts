import assert from "node:assert/strict";
import { refuseDrift } from "../../../../automation/runner/access-drift";

describe("refuseDrift", () => {
  it("lets a cluster without differences pass", () => {
    refuseDrift("app", []);
  });

  it("names the cluster and every difference", () => {
    assert.throws(() => refuseDrift("app", ["a has SUPERUSER", "b is missing"]), {
      code: "ACCESS_DRIFT",
      exitCode: 7,
      message: "Cluster app is not as the access matrix says:\na has SUPERUSER\nb is missing",
    });
  });
});
