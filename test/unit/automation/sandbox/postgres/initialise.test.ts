import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { binariesIn, findBinaries } from "../../../../../automation/sandbox/postgres/binaries";
import { initialise } from "../../../../../automation/sandbox/postgres/initialise";
import { machineServerUser, reachableBinaries } from "../../../../../automation/sandbox/postgres/server-user";

describe("initialising a data folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    chmodSync(folder, 0o755);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("trusts the socket alone and asks for SCRAM on loopback", async () => {
    const user = machineServerUser();
    const data = path.join(folder, "data");
    await initialise(reachableBinaries(findBinaries(process.platform, process.arch), user, os.tmpdir()), data, user);
    assert.equal(
      readFileSync(path.join(data, "pg_hba.conf"), "utf8"),
      "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n",
    );
    assert.equal(readFileSync(path.join(data, "PG_VERSION"), "utf8"), "16\n");
    assert.equal(statSync(data).mode & 0o777, 0o700);
  });

  it("says what initdb said when it failed, and that it could not be run", async () => {
    const fake = binariesIn(folder, "1");
    await assert.rejects(initialise(fake, path.join(folder, "a"), undefined), {
      code: "SANDBOX_START_FAILED",
      message: "PostgreSQL's initdb ended with 127: ",
    });
    const failing = path.join(folder, "initdb");
    writeFileSync(failing, "#!/bin/sh\necho no space left >&2\nexit 4\n", { mode: 0o755 });
    await assert.rejects(initialise({ ...fake, initdb: failing }, path.join(folder, "b"), undefined), {
      code: "SANDBOX_START_FAILED",
      message: "PostgreSQL's initdb ended with 4: no space left",
    });
  });
});
