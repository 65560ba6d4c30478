import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { proxySecret } from "../../../../automation/client/proxy-secret";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("the local secret of a user", () => {
  it("is made once, 0600 in a 0700 folder, and leaves nothing else behind", () =>
    inTemporaryFolder((folder) => {
      const home = path.join(folder, "home");
      const made = proxySecret(home, randomBytes, false);
      assert.deepEqual([made.fresh, made.secret.length], [true, 43]);
      assert.equal(readFileSync(made.file, "utf8"), `${made.secret}\n`);
      assert.deepEqual([statSync(made.file).mode & 0o777, statSync(home).mode & 0o777], [0o600, 0o700]);
      assert.deepEqual(readdirSync(home), ["proxy-secret"]);
      assert.deepEqual(proxySecret(home, randomBytes, false), { ...made, fresh: false });
    }));

  it("is another one after it was rotated", () =>
    inTemporaryFolder((home) => {
      const [first, second] = [proxySecret(home, randomBytes, false), proxySecret(home, randomBytes, true)];
      assert.notEqual(first.secret, second.secret);
      assert.equal(second.fresh, true);
      assert.equal(proxySecret(home, randomBytes, false).secret, second.secret);
      assert.deepEqual(readdirSync(home), ["proxy-secret"]);
    }));

  it("is not taken from a file that others can read, nor from one that holds something else", () =>
    inTemporaryFolder((home) => {
      const first = proxySecret(home, randomBytes, false);
      chmodSync(first.file, 0o644);
      const second = proxySecret(home, randomBytes, false);
      assert.notEqual(second.secret, first.secret);
      assert.equal(statSync(first.file).mode & 0o777, 0o600);
      writeFileSync(first.file, "hunter22\n");
      assert.equal(proxySecret(home, randomBytes, false).fresh, true);
    }));

  it("is the one on disk when another proxy was faster", () =>
    inTemporaryFolder((home) => {
      let other: string | undefined;
      const slow = (size: number): Buffer => {
        // The other one runs between our look and our writing.
        if (other === undefined) {
          other = "";
          other = proxySecret(home, randomBytes, false).secret;
        }
        return randomBytes(size);
      };
      const mine = proxySecret(home, slow, false);
      assert.equal(mine.secret, other);
      assert.equal(mine.secret, readFileSync(mine.file, "utf8").trim());
    }));
});
