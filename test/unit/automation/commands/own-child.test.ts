import assert from "node:assert/strict";
import { runOwnChild } from "../../../../automation/commands/own-child";
import { SallyportError } from "../../../../automation/core/errors";

const WHERE = { cwd: process.cwd(), env: { PATH: process.env["PATH"] ?? "", OWN: "1" } };

describe("a child of our own program", () => {
  let abort: AbortController;
  let said: string;
  beforeEach(() => {
    abort = new AbortController();
    said = "";
  });
  const run = (code: string, heard: () => void = () => undefined, args: readonly string[] = []): Promise<number> =>
    runOwnChild(
      args,
      WHERE,
      { cliCommand: [process.execPath, "-e", code, "--"], signal: abort.signal },
      ({ stdout }) => {
        stdout.setEncoding("utf8").on("data", (text: string) => {
          said += text;
          heard();
        });
      },
    );

  it("is given the arguments and an environment of its own, and its exit code is ours", async () => {
    const code =
      "console.log(JSON.stringify([process.argv.slice(1), process.env.OWN, process.env.HOME ?? null])); process.exit(7)";
    assert.equal(await run(code, undefined, ["up", "--yes"]), 7);
    assert.deepEqual(JSON.parse(said), [["up", "--yes"], "1", null]);
  });

  it("ended by a signal of somebody else's counts as failed", async () => {
    assert.equal(await run('process.kill(process.pid, "SIGKILL")'), 1);
  });

  for (const [code, signal] of [
    ["INTERRUPTED", "SIGINT"],
    ["TERMINATED", "SIGTERM"],
  ] as const) {
    const answering = `let times = 0; process.on("${signal}", () => { times += 1; setTimeout(() => { console.log("got ${signal}", times); process.exit(130) }, 50) }); console.log("up"); setInterval(() => {}, 1e6)`;

    it(`${code} reaches it as one ${signal}, and it may end in order`, async () => {
      const interrupt = (): void => abort.abort(new SallyportError(code, { message: "ended" }));
      await assert.rejects(run(answering, interrupt), { code });
      assert.match(said, new RegExp(`got ${signal} 1\n$`));
    });
  }

  it("is ended at once where the interruption was there before it", async () => {
    abort.abort(new SallyportError("INTERRUPTED", { message: "ended" }));
    await assert.rejects(run("setInterval(() => {}, 1e6)"), { code: "INTERRUPTED" });
  });

  it("a program that is not there is an error", async () => {
    const context = { cliCommand: ["/nowhere/sallyport"], signal: abort.signal };
    await assert.rejects(
      runOwnChild([], WHERE, context, () => undefined),
      { code: "ENOENT" },
    );
  });
});
