import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { binariesIn } from "../../../../../automation/sandbox/postgres/binaries";
import {
  machineServerUser,
  reachableBinaries,
  serverUser,
} from "../../../../../automation/sandbox/postgres/server-user";

const NOBODY = { uid: 65534, gid: 65534 };

describe("the server's user", () => {
  it("is us, except for root: then nobody, by its row or its usual number", () => {
    assert.equal(serverUser(1000, ""), undefined);
    assert.equal(serverUser(undefined, ""), undefined);
    assert.deepEqual(serverUser(0, "root:x:0:0:root:/root:/bin/sh\nnobody:x:99:98:nobody:/:/bin/false\n"), {
      uid: 99,
      gid: 98,
    });
    assert.deepEqual(serverUser(0, "root:x:0:0::/root:/bin/sh\n"), NOBODY);
    assert.deepEqual(serverUser(0, "nobody:x:0:0::/:/bin/sh\n"), NOBODY);
    assert.equal(machineServerUser() === undefined, process.getuid?.() !== 0);
  });
});

describe("binaries for another user", () => {
  let folder: string;
  let open: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    chmodSync(folder, 0o755);
    open = path.join(folder, "open");
    mkdirSync(path.join(open, "bin"), { recursive: true });
    writeFileSync(path.join(open, "bin", "postgres"), "binary", { mode: 0o755 });
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are used in place when we run them ourselves or everybody may reach them", () => {
    const binaries = binariesIn(open, "1");
    assert.equal(reachableBinaries(binaries, NOBODY, folder), binaries);
    chmodSync(open, 0o700);
    assert.equal(reachableBinaries(binaries, undefined, folder), binaries);
  });

  it("below a 0700 folder are copied once to a 0755 folder of their version", () => {
    chmodSync(open, 0o700);
    const first = reachableBinaries(binariesIn(open, "1"), NOBODY, folder);
    assert.equal(first.native, path.join(folder, "sallyport-postgres-1"));
    assert.equal(statSync(first.native).mode & 0o777, 0o755);
    assert.equal(readFileSync(first.postgres, "utf8"), "binary");
    writeFileSync(path.join(open, "bin", "postgres"), "changed");
    assert.deepEqual(reachableBinaries(binariesIn(open, "1"), NOBODY, folder), first);
    assert.equal(readFileSync(first.postgres, "utf8"), "binary");
  });

  it("are never taken from a folder that others may write", () => {
    chmodSync(open, 0o700);
    const planted = path.join(folder, "sallyport-postgres-1");
    mkdirSync(path.join(planted, "bin"), { recursive: true });
    writeFileSync(path.join(planted, "bin", "postgres"), "trojan");
    chmodSync(planted, 0o777);
    const used = reachableBinaries(binariesIn(open, "1"), NOBODY, folder);
    assert.notEqual(used.native, planted);
    assert.equal(readFileSync(used.postgres, "utf8"), "binary");
    assert.equal(readdirSync(folder).length, 3);
  });
});
