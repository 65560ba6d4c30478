import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { systemClock } from "../../../../../automation/core/clock";
import { waitFor } from "../../../../../automation/core/retry";
import { guardArguments } from "../../../../../automation/sandbox/postgres/guard";

describe("the guard", () => {
  let folder: string;
  let guard: ChildProcess;

  // Stands for PostgreSQL: says that it runs, and names the signal that ends it.
  const SERVER = `process.on("SIGINT", () => { console.log("SIGINT"); process.exit(3); }); setInterval(() => {}, 1000); console.log("ready " + process.argv[1]);`;

  const start = (script: string): void => {
    const order = {
      program: process.execPath,
      args: ["-e", script, "argument"],
      cwd: folder,
      env: {},
      log: path.join(folder, "log"),
    };
    guard = spawn(process.execPath, guardArguments(order), { stdio: ["pipe", "ignore", "inherit"], env: {} });
  };
  const log = (): string => {
    try {
      return readFileSync(path.join(folder, "log"), "utf8");
    } catch {
      return "";
    }
  };
  const logged = (text: string) =>
    waitFor(async () => (log().includes(text) ? true : undefined), {
      clock: systemClock,
      timeoutMs: 10_000,
      intervalMs: 20,
    });
  const exit = () => new Promise<number | null>((resolve) => guard.once("exit", resolve));

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
  });

  afterEach(() => {
    guard.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  it("ends the server by SIGINT when its stdin ends, and ends with the server's code", async () => {
    start(SERVER);
    assert.equal(await logged("ready argument\n"), true);
    const code = exit();
    guard.stdin?.end();
    assert.equal(await code, 3);
    assert.equal(log(), "ready argument\nSIGINT\n");
  });

  it("does the same on SIGTERM", async () => {
    start(SERVER);
    await logged("ready");
    const code = exit();
    guard.kill("SIGTERM");
    assert.equal(await code, 3);
    assert.match(log(), /SIGINT/);
  });

  it("ends with the server when that ends by itself", async () => {
    start("process.exit(9)");
    assert.equal(await exit(), 9);
  });

  it("a server that cannot be started is 127", async () => {
    writeFileSync(path.join(folder, "no-program"), "");
    const order = {
      program: path.join(folder, "no-program"),
      args: [],
      cwd: folder,
      env: {},
      log: path.join(folder, "log"),
    };
    guard = spawn(process.execPath, guardArguments(order), { stdio: ["pipe", "ignore", "inherit"], env: {} });
    assert.equal(await exit(), 127);
  });
});
