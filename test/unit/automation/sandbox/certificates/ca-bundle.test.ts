import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeCaBundle } from "../../../../../automation/sandbox/certificates/ca-bundle";

describe("the CA bundle", () => {
  it("is a 0600 file that appears whole and replaces an older one", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    writeCaBundle(folder, "old");
    const file = writeCaBundle(folder, "new");
    assert.equal(readFileSync(file, "utf8"), "new");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ["ca-bundle.pem"]);
    rmSync(folder, { recursive: true, force: true });
  });
});
