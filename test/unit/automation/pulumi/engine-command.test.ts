import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { engineCommand, type EngineCommand } from "../../../../automation/pulumi/engine-command";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";

describe("engine command", () => {
  let scratch: ScratchFolder;
  beforeEach(() => (scratch = scratchFolder()));
  afterEach(() => scratch.remove());
  const command = (body: string, env: Record<string, string> = {}): EngineCommand =>
    engineCommand({
      engine: { command: scratch.script("bin/pulumi", body), version: "3.220.0" },
      env: { PATH: "/usr/bin:/bin", ...env },
      nodeFolder: "/node/bin",
    });

  it("runs without prompts in its folder, with the given environment, engine and Node first on PATH", async () => {
    const end = await command(
      'echo "$@"; pwd; echo "$PATH|$ONE|$TWO|$PULUMI_AUTOMATION_API|$PULUMI_SKIP_UPDATE_CHECK"',
      { ONE: "1" },
    ).run(["stack", "ls"], scratch.folder, { TWO: "2" });
    assert.equal(end.code, 0);
    const bin = path.join(scratch.folder, "bin");
    assert.equal(
      end.stdout,
      `stack ls --non-interactive\n${scratch.folder}\n${bin}:/node/bin:/usr/bin:/bin|1|2|true|true\n`,
    );
  });

  it("is not asked for a history, nor for outputs that nobody reads", async () => {
    const engine = { command: scratch.script("bin/pulumi", "echo asked"), version: "3.220.0" };
    const said = async (args: string[], readsOutputs?: boolean): Promise<string> => {
      const options = { engine, env: { PATH: "/usr/bin:/bin" }, nodeFolder: "/node/bin" };
      const command = engineCommand(readsOutputs === undefined ? options : { ...options, readsOutputs });
      return (await command.run(args, scratch.folder, {})).stdout;
    };
    assert.equal(await said(["stack", "history", "--json"]), "[]");
    assert.equal(await said(["stack", "output", "--json"]), "asked\n");
    assert.equal(await said(["stack", "output", "--json"], false), "{}");
    assert.equal(await said(["stack", "export"], false), "asked\n");
  });

  it("is asked for outputs a second time only when the first answer hides one", async () => {
    const asked = path.join(scratch.folder, "asked");
    const outputs = ["stack", "output", "--json"];
    const twice = async (masked: string): Promise<string[]> => {
      writeFileSync(asked, "");
      const engine = command(`echo "$@" >> ${asked}; case "$@" in *show*) echo clear;; *) echo '${masked}';; esac`);
      const first = await engine.run([...outputs, "--stack", "dev"], scratch.folder, {});
      const second = await engine.run([...outputs, "--show-secrets", "--stack", "dev"], scratch.folder, {});
      return [first.stdout, second.stdout, `${readFileSync(asked, "utf8").split("\n").length - 1}`];
    };
    assert.deepEqual(await twice('{"a":"b"}'), ['{"a":"b"}\n', '{"a":"b"}\n', "1"]);
    assert.deepEqual(await twice('{"a":"[secret]"}'), ['{"a":"[secret]"}\n', "clear\n", "2"]);
    const engine = command("echo $@");
    await engine.run([...outputs, "--stack", "dev"], scratch.folder, {});
    const other = await engine.run([...outputs, "--show-secrets", "--stack", "prod"], scratch.folder, {});
    assert.match(other.stdout, /--stack prod/);
  });

  it("leads a process group of its own, so that a terminal's Ctrl-C does not reach it", async () => {
    const end = await command('[ "$(ps -o pgid= -p $$ | tr -d " ")" = "$$" ] && echo leader').run(
      [],
      scratch.folder,
      {},
    );
    assert.equal(end.stdout, "leader\n");
  });

  it("a failure carries the real exit code and words", async () => {
    await assert.rejects(
      command("echo bad >&2; exit 255").run([], scratch.folder, {}),
      (error: Error & { commandResult: { code: number; stderr: string } }) => {
        assert.deepEqual(
          [error.name, error.commandResult.code, error.commandResult.stderr],
          ["CommandError", 255, "bad\n"],
        );
        return true;
      },
    );
    await assert.rejects(
      command("echo 'error: the stack is currently locked by 1 lock(s)' >&2; exit 255").run([], scratch.folder, {}),
      { name: "ConcurrentUpdateError" },
    );
  });

  it("an abort is exactly one SIGINT, and the end is waited for", async () => {
    const counts = path.join(scratch.folder, "signals");
    const script = `const fs = require("node:fs");
process.on("SIGINT", () => { fs.appendFileSync(process.argv[1], "INT\\n"); setTimeout(() => process.exit(255), 300); });
process.on("SIGTERM", () => { fs.appendFileSync(process.argv[1], "TERM\\n"); process.exit(255); });
setInterval(() => {}, 1000); console.log("ready");`;
    const controller = new AbortController();
    let ready = (): void => undefined;
    const up = new Promise<void>((resolve) => (ready = resolve));
    const engine = engineCommand({
      engine: { command: process.execPath, version: "3.220.0" },
      env: {},
      nodeFolder: "/node/bin",
    });
    const ended = assert.rejects(
      engine.run(["-e", script, counts], scratch.folder, {}, () => ready(), undefined, controller.signal),
      { name: "CommandError" },
    );
    await up;
    controller.abort();
    await ended;
    assert.equal(readFileSync(counts, "utf8"), "INT\n");
  });
});
