import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { daemonArguments, startDaemon } from "../../../../automation/commands/sandbox-daemon";
import { sandboxFolder } from "../../../../automation/sandbox/daemon/sandbox-folder";
import { inTemporaryFolder } from "../../../support/temporary-folder";

/** Starts `node -e CODE` in place of the daemon. */
const start = (
  cwd: string,
  code: string,
  detached = false,
  env: Record<string, string> = {},
  signal = new AbortController().signal,
) =>
  startDaemon(
    sandboxFolder(cwd),
    { projectRoot: cwd, port: 0, speed: 120, detached },
    { PATH: process.env.PATH, ...env },
    signal,
    ["-e", code],
  );
const say = (word: object): string =>
  `require("fs").writeSync(3, ${JSON.stringify(JSON.stringify(word))}); require("fs").closeSync(3);`;
const STAY = "setInterval(() => {}, 1e6);";

describe("starting the daemon", () => {
  it("waits for its word; it hangs on our pipe and ends with it", () =>
    inTemporaryFolder(async (cwd) => {
      const daemon = await start(cwd, `${say({ ok: true })} process.stdin.resume().on("end", () => process.exit());`);
      assert.ok(daemon.pid > 0);
      assert.equal(statSync(sandboxFolder(cwd).log).mode & 0o777, 0o600);
      daemon.stop();
      await daemon.ended;
    }));

  it("gets its order as an argument, and none of the variables that lead to AWS or Pulumi", () =>
    inTemporaryFolder(async (cwd) => {
      const out = path.join(cwd, "seen.json");
      const code = `require("fs").writeFileSync(${JSON.stringify(out)}, JSON.stringify([process.argv[1], process.env])); ${say({ ok: true })}`;
      const daemon = await start(cwd, code, true, { AWS_PROFILE: "prod", PULUMI_HOME: "/h", PGHOST: "x", LANG: "C" });
      await daemon.ended;
      const [order, env] = JSON.parse(readFileSync(out, "utf8")) as [string, Record<string, string>];
      assert.deepEqual(JSON.parse(order), { projectRoot: cwd, port: 0, speed: 120, detached: true });
      assert.deepEqual(
        [env.AWS_PROFILE, env.PULUMI_HOME, env.PGHOST, env.LANG],
        [undefined, undefined, undefined, "C"],
      );
    }));

  it("tells the daemon's own error", () =>
    inTemporaryFolder(async (cwd) => {
      const word = { ok: false, code: "SANDBOX_PORT_IN_USE", message: "Port 80 is taken.", likely: "Another program." };
      await assert.rejects(start(cwd, `${say(word)} ${STAY}`), {
        code: "SANDBOX_PORT_IN_USE",
        message: "Port 80 is taken.",
        likely: "Another program.",
      });
      await assert.rejects(start(cwd, `${say({ ...word, code: "NONSENSE" })} ${STAY}`), {
        code: "SANDBOX_START_FAILED",
      });
    }));

  it("one that dies without a word leaves its last lines", () =>
    inTemporaryFolder(async (cwd) => {
      await assert.rejects(start(cwd, `console.error("a\\nb"); process.exit(3)`), {
        code: "SANDBOX_START_FAILED",
        message: "The sandbox ended while it started: a\nb",
      });
      await assert.rejects(start(cwd, ""), { message: "The sandbox ended while it started: it said nothing" });
    }));

  it("an interruption ends it", () =>
    inTemporaryFolder(async (cwd) => {
      const controller = new AbortController();
      const started = start(cwd, STAY, false, {}, controller.signal);
      controller.abort(new Error("interrupted"));
      await assert.rejects(started, /interrupted/);
    }));

  it("is the file beside the bundle, else the source", () =>
    inTemporaryFolder((folder) => {
      const source = daemonArguments(path.join(folder, "commands"));
      assert.deepEqual([source[0], source[2]], ["-r", path.join(folder, "sandbox", "daemon", "main.ts")]);
      assert.ok(existsSync(source[1] ?? ""));
      writeFileSync(path.join(folder, "sandboxd.cjs"), "");
      assert.deepEqual(daemonArguments(folder), [path.join(folder, "sandboxd.cjs")]);
    }));
});
