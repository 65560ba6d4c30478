import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { clearLeftovers, serverPid } from "../../../../../automation/sandbox/postgres/leftovers";
import { FakeClock } from "../../../../support/fake-clock";

describe("leftovers of a killed sandbox", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("a pid file that names a stranger's process ends nobody", async () => {
    const data = path.join(folder, "data");
    const cluster = path.join(data, "c1");
    mkdirSync(cluster, { recursive: true });
    // Our own number: alive, and no PostgreSQL of that folder.
    writeFileSync(path.join(cluster, "postmaster.pid"), `${process.pid}\n${cluster}\n`);
    if (existsSync("/proc/self/cmdline")) assert.equal(serverPid(cluster), undefined);
    writeFileSync(path.join(folder, "postgres.json"), JSON.stringify({ data, sockets: path.join(folder, "none") }));
    if (existsSync("/proc/self/cmdline")) await clearLeftovers(folder, () => [cluster], new FakeClock());
    else rmSync(data, { recursive: true });
    assert.equal(existsSync(data), false);
  });

  it("no pid file, nonsense in it, and no earlier run are all nothing to do", async () => {
    assert.equal(serverPid(folder), undefined);
    writeFileSync(path.join(folder, "postmaster.pid"), "-1\n");
    assert.equal(serverPid(folder), undefined);
    await clearLeftovers(folder, () => assert.fail("nothing to look at"), new FakeClock());
  });
});
