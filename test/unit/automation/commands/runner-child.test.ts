import assert from "node:assert/strict";
import { runChild } from "../../../../automation/commands/runner-child";
import { recordedContext } from "../../../support/recorded-context";

const WHERE = { cwd: process.cwd(), env: { PATH: process.env["PATH"] ?? "" } };

/** Code of a child that writes lines of JSON. */
const writes = (...lines: readonly unknown[]): string =>
  lines.map((line) => `console.log(${JSON.stringify(JSON.stringify(line))});`).join("");

describe("a command as a child", () => {
  it("asks for --json, hands its progress on, and ends with its result line", async () => {
    const context = recordedContext(WHERE.cwd, { json: true });
    const progress = { type: "stack.up", stage: "Platform", mark: "done", text: "60 created" };
    const result = { type: "result", ok: false, code: "POLICY_VIOLATION", message: "stopped" };
    const code = `${writes(progress, result)} if (process.argv.at(-1) === "--json") process.exitCode = 3`;
    const end = await runChild(["up"], WHERE, { ...context, cliCommand: [process.execPath, "-e", code, "--"] });
    assert.deepEqual(end, { exitCode: 3, code: "POLICY_VIOLATION", message: "stopped", values: result });
    assert.deepEqual(context.events, [progress]);
  });

  it("without a result line says what the child wrote last", async () => {
    const context = recordedContext(WHERE.cwd);
    const code = 'console.error("x".repeat(5000)); console.error("out of memory"); process.exitCode = 134';
    const end = await runChild(["up"], WHERE, { ...context, cliCommand: [process.execPath, "-e", code, "--"] });
    assert.deepEqual([end.exitCode, end.code, end.values], [134, undefined, {}]);
    assert.match(end.message ?? "", /^x{1,4000}\nout of memory$/);
  });
});
