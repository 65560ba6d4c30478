import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { databaseAuthorities } from "../../../../automation/door/authorities";
import { makeAuthority } from "../../../support/made-certificates";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("authorities for databases", () => {
  it("are Amazon's for a real account", () => {
    const found = databaseAuthorities(undefined);
    assert.ok(found.length > 50, `${found.length} certificates`);
    assert.match(found[0] ?? "", /^-----BEGIN CERTIFICATE-----/);
  });

  it("are the sandbox's alone in the sandbox", () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "ca.pem");
      const [one, two] = await Promise.all([makeAuthority(), makeAuthority()]);
      writeFileSync(file, `${one.ca}\n${two.ca}\n`);
      assert.deepEqual(databaseAuthorities(file), [one.ca.trim(), two.ca.trim()]);
    }));

  it("are never guessed: a missing or empty bundle is refused", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "ca.pem");
      assert.throws(() => databaseAuthorities(file), { code: "TLS_UNTRUSTED", message: /cannot be read/ });
      writeFileSync(file, "");
      assert.throws(() => databaseAuthorities(file), { code: "TLS_UNTRUSTED", message: /holds no certificate/ });
    }));
});
