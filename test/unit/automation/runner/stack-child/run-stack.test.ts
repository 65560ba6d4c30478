import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { ProgressEvent } from "../../../../../automation/core/events";
import { SallyportError } from "../../../../../automation/core/errors";
import {
  askStack,
  runStack,
  stackPending,
  type RunStackTools,
} from "../../../../../automation/runner/stack-child/run-stack";
import type { StackRequest } from "../../../../../automation/runner/stack-child/stack-request";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

const REQUEST: StackRequest = {
  operation: "up",
  engine: { command: "/pulumi", version: "3.220.0" },
  project: "toy",
  stack: "dev",
  workDir: "/w",
  config: {},
  program: "platform",
};
const DONE =
  '{"type":"done","result":{"outputs":{},"summary":{"create":1,"update":0,"delete":0,"replace":0,"same":0},"diagnostics":[],"policies":[],"durationMs":5}}';

describe("run stack", () => {
  let scratch: ScratchFolder;
  let events: ProgressEvent[];
  beforeEach(() => {
    scratch = scratchFolder();
    events = [];
  });
  afterEach(() => scratch.remove());

  /** Tools whose child is a small program in place of the real one. */
  const tools = (program: string, more: Partial<RunStackTools> = {}): RunStackTools => {
    const file = path.join(scratch.folder, "child.cjs");
    writeFileSync(file, program);
    return {
      reporter: { report: (event) => void events.push(event) },
      signal: new AbortController().signal,
      env: { ONLY: "this" },
      cwd: scratch.folder,
      entry: { execArgv: [], file },
      ...more,
    };
  };

  it("hands the request over on stdin and the environment as such, passes progress on, answers the result", async () => {
    const program = `require("node:readline").createInterface({ input: process.stdin }).once("line", (line) => {
      const text = JSON.stringify([JSON.parse(line).project, process.env.ONLY, process.cwd(), process.argv.length]);
      console.log(JSON.stringify({ type: "progress", event: { type: "t", stage: "s", mark: "note", text } }));
      console.log('${DONE}');
      process.exit(0);
    });`;
    const result = await runStack(REQUEST, tools(program));
    assert.deepEqual([result.summary.create, result.durationMs], [1, 5]);
    assert.deepEqual(
      events.map(({ text }) => JSON.parse(text) as unknown),
      [["toy", "this", scratch.folder, 2]],
    );
  });

  it("gRPC between the engine's processes stays on this machine, whatever proxy the environment names", async () => {
    const program = `const { https_proxy, no_proxy, no_grpc_proxy } = process.env;
      const text = JSON.stringify([https_proxy, no_proxy, no_grpc_proxy]);
      console.log(JSON.stringify({ type: "progress", event: { type: "t", stage: "s", mark: "note", text } }));
      console.log('${DONE}');`;
    await runStack(REQUEST, tools(program, { env: { https_proxy: "http://p:1", no_proxy: "x.example" } }));
    assert.equal(events[0]?.text, '["http://p:1","x.example","127.0.0.1,localhost,::1"]');
  });

  it("a failure comes back as the same error", async () => {
    const program = `console.log(JSON.stringify({ type: "failed", error: { code: "STACK_LOCKED", message: "locked", likely: "somebody", next: "wait", values: { pid: 7 } } }))`;
    await assert.rejects(runStack(REQUEST, tools(program)), (error: SallyportError) => {
      assert.deepEqual(
        [error.code, error.message, error.likely, error.next, error.values],
        ["STACK_LOCKED", "locked", "somebody", "wait", { pid: 7 }],
      );
      return true;
    });
  });

  it("a child that ends without a word is told with how it ended and what it said", async () => {
    await assert.rejects(
      runStack(REQUEST, tools(`process.stderr.write("out of memory\\n", () => process.kill(process.pid, "SIGKILL"))`)),
      {
        code: "ENGINE_FAILED",
        message: "up of toy/dev ended without a result (SIGKILL). out of memory",
      },
    );
  });

  it("an abort ends the child's stdin once and is the reason of the failure", async () => {
    const program = `process.stdin.resume().on("end", () => process.exit(0)); console.log('{"type":"progress","event":{"type":"ready","stage":"s","mark":"note","text":"x"}}')`;
    const controller = new AbortController();
    const reporter = { report: () => controller.abort(new SallyportError("TERMINATED", { message: "Ended." })) };
    await assert.rejects(runStack(REQUEST, tools(program, { signal: controller.signal, reporter })), {
      code: "TERMINATED",
    });
    await assert.rejects(runStack(REQUEST, tools(program, { signal: controller.signal })), { code: "TERMINATED" });
  });

  it("work that was done in spite of the abort is done", async () => {
    const controller = new AbortController();
    const program = `process.stdin.resume().on("end", () => { console.log('${DONE}'); process.exit(0); }); console.log('{"type":"progress","event":{"type":"ready","stage":"s","mark":"note","text":"x"}}')`;
    const reporter = { report: () => controller.abort() };
    assert.equal((await runStack(REQUEST, tools(program, { signal: controller.signal, reporter }))).summary.create, 1);
  });

  it("pending operations are an answer of askStack and an error of runStack", async () => {
    const pending = [{ kind: "creating", urn: "urn:a", type: "t:i:T", name: "a", inputs: {} }] as const;
    const program = `console.log(${JSON.stringify(JSON.stringify({ type: "pending", pending }))})`;
    assert.deepEqual(await askStack(REQUEST, tools(program)), { kind: "pending", pending });
    await assert.rejects(runStack(REQUEST, tools(program)), {
      code: "STACK_PENDING",
      message: stackPending(REQUEST, pending).message,
    });
    assert.equal(
      stackPending(REQUEST, pending).message,
      'An earlier run of toy/dev was killed in the middle of:\ncreating t:i:T "a" (urn:a)',
    );
  });
});
