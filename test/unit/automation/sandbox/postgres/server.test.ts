import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { systemClock } from "../../../../../automation/core/clock";
import { binariesIn } from "../../../../../automation/sandbox/postgres/binaries";
import { startServer } from "../../../../../automation/sandbox/postgres/server";
import { openTestPool, type TestPool } from "../../../../support/postgres-pool";

describe("a started server", () => {
  let test: TestPool;

  before(async () => {
    test = await openTestPool();
  });

  after(() => test.close());

  it("answers on its socket, asks for a password on loopback, and is gone after stop", async () => {
    const server = await test.pool.claim();
    const trusted = new Client({
      host: server.socketFolder,
      port: server.port,
      user: "rdsadmin",
      database: "postgres",
    });
    await trusted.connect();
    await trusted.end();
    const loopback = new Client({
      host: "127.0.0.1",
      port: server.port,
      user: "rdsadmin",
      database: "postgres",
      password: "guess",
    });
    await assert.rejects(loopback.connect(), { code: "28P01" });
    await server.stop();
    assert.equal(await server.ended, 0);
    await assert.rejects(new Client({ host: server.socketFolder, port: server.port, user: "rdsadmin" }).connect(), {
      code: "ENOENT",
    });
  });

  it("that does not come up is told with the server's last words", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    chmodSync(folder, 0o755);
    const postgres = path.join(folder, "postgres");
    writeFileSync(postgres, "#!/bin/sh\necho 'FATAL:  no space left'\nexit 1\n", { mode: 0o755 });
    const place = { dataFolder: folder, socketFolder: folder, log: path.join(folder, "log") };
    await assert.rejects(startServer({ ...binariesIn(folder, "1"), postgres }, place, undefined, systemClock), {
      code: "SANDBOX_START_FAILED",
      message: "PostgreSQL did not start: FATAL:  no space left",
    });
    rmSync(folder, { recursive: true, force: true });
  });
});
