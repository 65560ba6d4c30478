import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { systemClock } from "../../../../../automation/core/clock";
import { waitFor } from "../../../../../automation/core/retry";
import { binariesIn } from "../../../../../automation/sandbox/postgres/binaries";
import { serverPid } from "../../../../../automation/sandbox/postgres/leftovers";
import { machineServerUser } from "../../../../../automation/sandbox/postgres/server-user";
import { WarmPool } from "../../../../../automation/sandbox/postgres/warm-pool";
import { installedPostgres, openTestPool } from "../../../../support/postgres-pool";
import { ROOT } from "../../../../support/source-files";

interface Claimed {
  readonly folder: string;
  readonly socket: string;
  readonly guardPid: number;
}

/** The data folder of a pool's first claimed server. */
function firstData(folder: string): string {
  const { data } = JSON.parse(readFileSync(path.join(folder, "postgres.json"), "utf8")) as { data: string };
  return path.join(data, "c1");
}

/** A process of its own that holds a claimed server; `kill` is -9. */
async function holder(): Promise<{ claimed: Claimed; kill(): void }> {
  const env = { PATH: process.env["PATH"] ?? "", TMPDIR: os.tmpdir() };
  const child = spawn(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", path.join(ROOT, "test/support/pool-process.ts")],
    { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("the holder ended")));
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")).includes("\n") && resolve());
  });
  return { claimed: JSON.parse(said) as Claimed, kill: () => void child.kill("SIGKILL") };
}

const gone = (dataFolder: string) =>
  waitFor(async () => (serverPid(dataFolder) === undefined ? true : undefined), {
    clock: systemClock,
    timeoutMs: 10_000,
    intervalMs: 50,
  });

describe("the warm pool", () => {
  it("gives servers apart from one another, and removes every trace at the end", async () => {
    const test = await openTestPool();
    const [one, two] = await Promise.all([test.pool.claim(), test.pool.claim()]);
    assert.notEqual(one.socket, two.socket);
    assert.notEqual(one.port, two.port);
    assert.equal(statSync(one.socketFolder).mode & 0o777, 0o700);
    const places = JSON.parse(readFileSync(path.join(test.folder, "postgres.json"), "utf8")) as {
      data: string;
      sockets: string;
    };
    await one.destroy();
    assert.equal(existsSync(one.socketFolder), false);
    await test.close();
    assert.equal(await two.ended, 0);
    assert.deepEqual([existsSync(places.data), existsSync(places.sockets)], [false, false]);
  });

  it("makes one folder ready beforehand, and each further one when it is asked for", async () => {
    const test = await openTestPool();
    try {
      const { data } = JSON.parse(readFileSync(path.join(test.folder, "postgres.json"), "utf8")) as { data: string };
      const folders = () => readdirSync(data).filter((name) => /^c\d+$/.test(name));
      assert.deepEqual(folders(), ["c1"]);
      await test.pool.claim();
      assert.deepEqual(folders(), ["c1"]);
      await test.pool.claim();
      assert.deepEqual(folders(), ["c1", "c2"]);
    } finally {
      await test.close();
    }
  });

  it("gives the version that is asked for", async () => {
    const test = await openTestPool();
    try {
      const servers = await Promise.all([test.pool.claim(), test.pool.claim(18)]);
      const { data } = JSON.parse(readFileSync(path.join(test.folder, "postgres.json"), "utf8")) as { data: string };
      const version = (name: string) => readFileSync(path.join(data, name, "PG_VERSION"), "utf8").trim();
      assert.deepEqual(
        servers.map(({ socketFolder }) => version(path.basename(socketFolder))),
        ["16", "18"],
      );
    } finally {
      await test.close();
    }
  });

  it("tells of a version that is not installed when it is claimed, and serves the others", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    const binariesOf = (major: 16 | 18) => {
      if (major === 18) throw new Error("no 18 here");
      return installedPostgres(major);
    };
    const pool = await WarmPool.open({
      folder,
      temporary: os.tmpdir(),
      binariesOf,
      user: machineServerUser(),
      clock: systemClock,
    });
    try {
      await assert.rejects(pool.claim(18), { message: "no 18 here" });
      assert.ok((await pool.claim()).port > 0);
    } finally {
      await pool.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("works from a repository below a 0700 folder", async function () {
    // As root the server runs as nobody, who cannot pass such a folder.
    const closed = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    const temporary = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    chmodSync(temporary, 0o755);
    cpSync(installedPostgres(16).native, path.join(closed, "native"), { recursive: true, verbatimSymlinks: true });
    const pool = await WarmPool.open({
      folder: closed,
      temporary,
      binariesOf: () => binariesIn(path.join(closed, "native"), "test"),
      user: machineServerUser(),
      clock: systemClock,
    });
    try {
      const server = await pool.claim();
      const client = new Client({
        host: server.socketFolder,
        port: server.port,
        user: "rdsadmin",
        database: "postgres",
      });
      await client.connect();
      assert.equal(
        (await client.query<{ ssl: string }>("SELECT current_setting('rds.force_ssl') AS ssl")).rows[0]?.ssl,
        "1",
      );
      await client.end();
      assert.deepEqual(readdirSync(temporary).includes("sallyport-postgres-test"), machineServerUser() !== undefined);
    } finally {
      await pool.close();
      for (const each of [closed, temporary]) rmSync(each, { recursive: true, force: true });
    }
  });

  it("kill -9 of the owner: the server is gone within 10 s, and the next start removes its folders", async () => {
    const held = await holder();
    const { claimed } = held;
    const data = firstData(claimed.folder);
    assert.notEqual(serverPid(data), undefined);
    held.kill();
    assert.equal(await gone(data), true);
    await reopen(claimed.folder);
    assert.equal(existsSync(path.dirname(data)), false);
    rmSync(claimed.folder, { recursive: true, force: true });
  });

  it("kill -9 of owner and guard: the next start ends the server", async () => {
    const held = await holder();
    const { claimed } = held;
    const data = firstData(claimed.folder);
    process.kill(claimed.guardPid, "SIGKILL");
    held.kill();
    const pid = serverPid(data);
    assert.notEqual(pid, undefined);
    await reopen(claimed.folder);
    assert.equal(serverPid(data), undefined);
    assert.equal(existsSync(path.dirname(data)), false);
    rmSync(claimed.folder, { recursive: true, force: true });
  });
});

/** What `sandbox start` does in the folder of a sandbox that was killed. */
async function reopen(folder: string): Promise<void> {
  const pool = await WarmPool.open({
    folder,
    temporary: os.tmpdir(),
    binariesOf: installedPostgres,
    user: machineServerUser(),
    clock: systemClock,
  });
  await pool.close();
}
