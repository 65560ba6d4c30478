import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ProgressEvent } from "../../automation/core/events";
import { SallyportError } from "../../automation/core/errors";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { runStackRecovering, type FindOrphans } from "../../automation/runner/recovery";
import { childEntry, type ChildEntry } from "../../automation/runner/stack-child/child-entry";
import { runStack, type RunStackTools } from "../../automation/runner/stack-child/run-stack";
import type { StackRequest } from "../../automation/runner/stack-child/stack-request";
import { builtCli } from "../support/cli-run";
import { startToyProvider, type ToyProvider } from "./toy-provider";
import { makeStage, testEngine, type ToyStage } from "./toy-stack";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
class Thing extends pulumi.CustomResource {
  constructor(label: string, dependsOn: pulumi.Resource[]) { super("toy:index:Thing", label, { label }, { dependsOn }); }
}
export async function platformProgram(): Promise<Record<string, unknown>> {
  console.log("a program may print");
  const first = new Thing("a", []);
  new Thing("b", [first]);
  return { id: first.id, cwd: process.cwd(), compiled: process.env.NODE_COMPILE_CACHE };
}
`;

describe("stack child", function () {
  this.timeout(60_000);
  let engine: Engine;
  /** As it is shipped; from sources it takes three seconds to start. */
  let entry: ChildEntry;
  let toy: ToyProvider;
  let stage: ToyStage;
  let events: ProgressEvent[];

  before(async function () {
    this.timeout(600_000);
    engine = await testEngine();
    entry = childEntry(path.dirname(builtCli()));
  });
  beforeEach(async () => {
    toy = await startToyProvider();
    stage = makeStage("child");
    events = [];
    mkdirSync(path.join(stage.folder, "infra"));
    writeFileSync(path.join(stage.folder, "infra", "platform-program.ts"), PROGRAM);
  });
  afterEach(async () => {
    await toy.close();
    stage.remove();
  });

  const request = (operation: StackRequest["operation"], more: Partial<StackRequest> = {}): StackRequest => ({
    operation,
    engine,
    project: "toy",
    stack: "dev",
    workDir: stage.workDir,
    config: {},
    program: "platform",
    programFolder: stage.folder,
    stage: "Toy",
    ...more,
  });
  const tools = (more: Partial<RunStackTools> = {}): RunStackTools => ({
    reporter: { report: (event) => void events.push(event) },
    signal: new AbortController().signal,
    env: stage.env(toy.attach),
    cwd: stage.folder,
    entry,
    ...more,
  });
  const locks = (): string[] => {
    const folder = path.join(stage.folder, "state", ".pulumi", "locks");
    return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() && entry.name.endsWith(".json") ? [entry.name] : [],
    );
  };

  it("up, up without changes, destroy; progress comes as it happens", async () => {
    const up = await runStack(request("up"), tools());
    assert.deepEqual(up.summary, { create: 2, update: 0, delete: 0, replace: 0, same: 0 });
    assert.deepEqual(up.outputs, {
      id: { value: "thing-1", secret: false },
      cwd: { value: stage.folder, secret: false },
      // The engine is given it too: an analyzer starts in half the time.
      compiled: { value: path.join(path.dirname(builtCli()), ".cache"), secret: false },
    });
    assert.deepEqual(
      events.map(({ stage: at, mark, text }) => `${at} ${mark} ${text}`),
      [
        'Toy going create: toy:index:Thing "a"',
        'Toy done created toy:index:Thing "a"',
        'Toy going create: toy:index:Thing "b"',
        'Toy done created toy:index:Thing "b"',
      ],
    );
    assert.deepEqual((await runStack(request("up", { expectNoChanges: true }), tools())).summary, {
      create: 0,
      update: 0,
      delete: 0,
      replace: 0,
      same: 2,
    });
    assert.deepEqual((await runStack(request("destroy"), tools())).summary, {
      create: 0,
      update: 0,
      delete: 2,
      replace: 0,
      same: 0,
    });
    assert.equal(toy.things.size, 0);
  });

  it("an up that may not change anything stops before it does", async () => {
    await assert.rejects(runStack(request("up", { expectNoChanges: true }), tools()), { code: "UNEXPECTED_CHANGES" });
    assert.equal(toy.creates(), 0);
  });

  it("an abort lets the running create end and the next up goes on", async () => {
    const held = toy.hold("a");
    const interrupt = new AbortController();
    const running = assert.rejects(runStack(request("up"), tools({ signal: interrupt.signal })), {
      code: "TERMINATED",
    });
    await held.reached;
    interrupt.abort(new SallyportError("TERMINATED", { message: "Ended by SIGTERM." }));
    await toy.cancelled;
    held.release();
    await running;
    assert.equal(toy.creates(), 1);
    assert.deepEqual((await runStack(request("up"), tools())).summary, {
      create: 1,
      update: 0,
      delete: 0,
      replace: 0,
      same: 1,
    });
  });

  /** Kills the child while it makes `a`; `a` exists and is not recorded. */
  async function killMidCreate(): Promise<void> {
    const held = toy.hold("a");
    let pid = 0;
    const running = assert.rejects(runStack(request("up"), tools({ onStart: (started) => (pid = started) })), {
      code: "ENGINE_FAILED",
    });
    await held.reached;
    const pulumi = execFileSync("pgrep", ["-P", String(pid), "pulumi"], { encoding: "utf8" }).trim();
    process.kill(Number(pulumi), "SIGKILL");
    process.kill(pid, "SIGKILL");
    await running;
    held.release();
  }

  it("after a kill an up without knowledge of the account stops and makes no second copy", async () => {
    await killMidCreate();
    assert.equal(locks().length, 1);
    await assert.rejects(runStackRecovering(request("up"), tools()), (error: SallyportError) => {
      assert.equal(error.code, "STACK_PENDING");
      assert.match(error.message, /creating toy:index:Thing "a" \(urn:pulumi:dev::toy::toy:index:Thing::a\)/);
      return true;
    });
    assert.equal(toy.creates(), 1);
    assert.deepEqual(locks(), []);
    assert.ok(events.some(({ type }) => type === "stack.unlocked"));
  });

  it("after a kill what exists is adopted and up goes on, unprotected", async () => {
    await killMidCreate();
    const [id] = toy.things.keys();
    const findOrphans: FindOrphans = async (pending) =>
      pending.map(({ urn }) => ({ urn, state: "exists", id: id ?? "" }));
    const up = await runStackRecovering(request("up"), { ...tools(), findOrphans });
    assert.deepEqual(up.summary, { create: 1, update: 0, delete: 0, replace: 0, same: 1 });
    assert.equal(toy.creates(), 2);
    assert.ok(
      events.some(
        ({ type, text }) =>
          type === "stack.recovered" && text === 'adopting toy:index:Thing "a" (thing-1), which a killed run made',
      ),
    );
    await runStack(request("destroy"), tools());
    assert.equal(toy.things.size, 0);
  });

  it("after a kill what was thought to exist and does not is made again", async () => {
    await killMidCreate();
    toy.things.clear();
    const findOrphans: FindOrphans = async (pending) =>
      pending.map(({ urn }) => ({ urn, state: "exists", id: "thing-1" }));
    const up = await runStackRecovering(request("up"), { ...tools(), findOrphans });
    assert.deepEqual(up.summary, { create: 2, update: 0, delete: 0, replace: 0, same: 0 });
    assert.equal(toy.things.size, 2);
  });

  it("after a kill what is absent is made anew", async () => {
    await killMidCreate();
    toy.things.clear();
    const findOrphans: FindOrphans = async (pending) => pending.map(({ urn }) => ({ urn, state: "absent" }));
    const up = await runStackRecovering(request("up"), { ...tools(), findOrphans });
    assert.deepEqual(up.summary, { create: 2, update: 0, delete: 0, replace: 0, same: 0 });
  });

  it("a lock whose owner lives is respected", async () => {
    const held = toy.hold("a");
    const running = runStack(request("up"), tools());
    await held.reached;
    await assert.rejects(runStack(request("up"), tools()), { code: "STACK_LOCKED" });
    held.release();
    await running;
  });
});
