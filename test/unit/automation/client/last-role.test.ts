import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lastRole, rememberRole } from "../../../../automation/client/last-role";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("last role", () => {
  it("is remembered per environment, in a private file", () =>
    inTemporaryFolder((home) => {
      assert.equal(lastRole(home, "payments/dev"), undefined);
      rememberRole(home, "payments/dev", "readonly", "r1");
      rememberRole(home, "payments/prod", "admin", "r2");
      assert.deepEqual([lastRole(home, "payments/dev"), lastRole(home, "payments/prod")], ["readonly", "admin"]);
      assert.equal(statSync(path.join(home, "last-role.json")).mode & 0o777, 0o600);
    }));

  it("counts a file that is none of ours as empty", () =>
    inTemporaryFolder((home) => {
      for (const text of ["{", '{"payments/dev":1}', "[]"]) {
        writeFileSync(path.join(home, "last-role.json"), text);
        assert.equal(lastRole(home, "payments/dev"), undefined, text);
      }
    }));
});
