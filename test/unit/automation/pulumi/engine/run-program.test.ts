import assert from "node:assert/strict";
import { runProgram } from "../../../../../automation/pulumi/engine/run-program";

const env = { PATH: process.env.PATH };
const node = (script: string, signal?: AbortSignal): ReturnType<typeof runProgram> =>
  runProgram(process.execPath, ["-e", script], { env, ...(signal ? { signal } : {}) });

describe("run program", () => {
  it("answers code, stdout and both streams; a bad code is no exception", async () => {
    assert.deepEqual(await node("console.log('out'); process.exit(3)"), { code: 3, stdout: "out\n", output: "out\n" });
    const both = await node("console.error('err')");
    assert.deepEqual([both.code, both.stdout, both.output], [0, "", "err\n"]);
  });

  it("a program that does not exist is -1 with the reason", async () => {
    const end = await runProgram("/nowhere/program", [], { env });
    assert.equal(end.code, -1);
    assert.match(end.output, /ENOENT/);
  });

  it("sees only the environment that it was given", async () => {
    const end = await runProgram(process.execPath, ["-p", "Object.keys(process.env).join()"], {
      env: { ONLY: "this" },
    });
    assert.equal(end.stdout, "ONLY\n");
  });

  it("an abort ends it and rejects with the signal's reason", async () => {
    const controller = new AbortController();
    const running = node("setInterval(() => {}, 1000)", controller.signal);
    controller.abort(new Error("enough"));
    await assert.rejects(running, { message: "enough" });
    await assert.rejects(node("0", controller.signal), { message: "enough" });
  });
});
