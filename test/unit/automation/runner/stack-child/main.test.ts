import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { childEntry } from "../../../../../automation/runner/stack-child/child-entry";
import { scratchFolder } from "../../../../support/scratch-folder";

/** Starts the real entry with a request and answers its exit code and stdout lines. */
async function start(input: string): Promise<{ code: number | null; lines: unknown[] }> {
  const scratch = scratchFolder();
  const { execArgv, file, env } = childEntry();
  const child = spawn(process.execPath, [...execArgv, file], {
    cwd: scratch.folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["pipe", "pipe", "ignore"],
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  scratch.remove();
  return {
    code,
    lines: out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown),
  };
}

// What it does with a real engine: test/pulumi/stack-child.test.ts.
describe("stack child's entry", () => {
  it("ends at once when its parent goes before asking", async () => {
    assert.deepEqual(await start(""), { code: 0, lines: [] });
  });

  it("a request that cannot be understood is a failure on stdout, not a crash", async () => {
    const { code, lines } = await start("not json\n");
    assert.equal(code, 0);
    const [line] = lines as { type: string; error: { code: string } }[];
    assert.deepEqual([lines.length, line?.type, line?.error.code], [1, "failed", "INTERNAL"]);
  });
});
