import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ProgressEvent } from "../../../../../automation/core/events";
import { emptyFold, summarise } from "../../../../../automation/pulumi/engine-events";
import type { PendingOperation, RunOutcome, StackEngine } from "../../../../../automation/pulumi/stack-engine";
import { perform, type PerformTools } from "../../../../../automation/runner/stack-child/perform";
import type { StackRequest } from "../../../../../automation/runner/stack-child/stack-request";
import { FakeClock } from "../../../../support/fake-clock";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

const NOTHING: RunOutcome = { summary: summarise(emptyFold), fold: emptyFold };
const PENDING: PendingOperation = { kind: "creating", urn: "urn:a", type: "t:i:T", name: "a", inputs: {} };

describe("perform", () => {
  let scratch: ScratchFolder;
  let calls: string[];
  let events: ProgressEvent[];
  let pending: PendingOperation[];
  let clock: FakeClock;
  beforeEach(() => {
    scratch = scratchFolder();
    [calls, events, pending, clock] = [[], [], [], new FakeClock()];
  });
  afterEach(() => scratch.remove());

  const call = (name: string): Promise<RunOutcome> => (calls.push(name), Promise.resolve(NOTHING));
  const stack: StackEngine = {
    preview: (options) =>
      call(`preview${options?.planFile ? " to plan" : ""}${options?.expectNoChanges ? " strict" : ""}`),
    up: async (options) => ({
      ...(await call(`up${options?.planFile ? " of plan" : ""}`)),
      outputs: { id: { value: 1, secret: false } },
    }),
    destroy: () => call("destroy"),
    refresh: () => call("refresh"),
    outputs: async () => (calls.push("outputs"), { id: { value: 2, secret: true } }),
    exportStack: async () => ({}),
    holds: async () => 3,
    pendingOperations: async () => (calls.push("pending"), pending),
    settlePending: (adopted) => call(`settle ${adopted.map(({ id }) => id).join()}`),
    deleteLock: async () => void calls.push("delete lock"),
  };
  const request = (operation: StackRequest["operation"], more: Partial<StackRequest> = {}): StackRequest => ({
    operation,
    engine: { command: "/pulumi", version: "3.220.0" },
    project: "toy",
    stack: "dev",
    workDir: scratch.folder,
    config: {},
    program: "platform",
    ...more,
  });
  const tools = (startedAt?: number): PerformTools => ({
    clock,
    report: (event) => void events.push(event),
    signal: new AbortController().signal,
    hostname: "laptop",
    processes: { startedAt: async () => startedAt },
    backendUrl: `file://${scratch.folder}`,
  });
  const lock = (): void => {
    const folder = path.join(scratch.folder, ".pulumi", "locks", "organization", "toy", "dev");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      path.join(folder, "1.json"),
      '{"pid":7,"username":"jane","hostname":"laptop","timestamp":"1970-01-01T01:00:00Z"}',
    );
  };

  it("each operation is the engine's own; only what changes the state looks for pending operations", async () => {
    for (const operation of ["preview", "up", "destroy", "refresh", "outputs", "settle"] as const)
      await perform(stack, request(operation, { adopt: [{ urn: "u", id: "i" }] }), tools());
    assert.deepEqual(calls, [
      "preview",
      "pending",
      "up",
      "pending",
      "destroy",
      "pending",
      "refresh",
      "outputs",
      "settle i",
    ]);
  });

  it("up and outputs answer outputs", async () => {
    const up = await perform(stack, request("up"), tools());
    assert.deepEqual(up.type === "done" && up.result, {
      outputs: { id: { value: 1, secret: false } },
      summary: NOTHING.summary,
      diagnostics: [],
      policies: [],
      durationMs: 0,
    });
    const outputs = await perform(stack, request("outputs"), tools());
    assert.deepEqual(outputs.type === "done" && outputs.result.outputs, { id: { value: 2, secret: true } });
    assert.equal(outputs.type === "done" && outputs.result.holds, 3);
  });

  it("with a policy pack, or when nothing may change, up is a preview and then exactly that plan", async () => {
    await perform(stack, request("up", { policyPacks: ["/pack"] }), tools());
    await perform(stack, request("up", { expectNoChanges: true }), tools());
    assert.deepEqual(calls, [
      "pending",
      "preview to plan",
      "up of plan",
      "pending",
      "preview to plan strict",
      "up of plan",
    ]);
  });

  it("with pending operations nothing is done", async () => {
    pending = [PENDING];
    assert.deepEqual(await perform(stack, request("up"), tools()), { type: "pending", pending: [PENDING] });
    assert.deepEqual(calls, ["pending"]);
  });

  it("the lock of an owner that is gone is deleted, and said", async () => {
    lock();
    await perform(stack, request("destroy"), tools());
    assert.deepEqual(calls, ["delete lock", "pending", "destroy"]);
    assert.deepEqual(
      events.map(({ text }) => text),
      ["removed the lock of process 7, which is gone"],
    );
  });

  it("a live owner is waited for a while, then named", async () => {
    lock();
    const ended = assert.rejects(perform(stack, request("up"), tools(1000)), {
      code: "STACK_LOCKED",
      message: "The stack toy/dev is locked by jane@laptop, process 7, since 1970-01-01T01:00:00.000Z.",
    });
    let over = false;
    void ended.finally(() => (over = true));
    while (!over) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(250);
    }
    await ended;
    assert.deepEqual(calls, []);
    assert.ok(clock.now() >= 3000);
  });

  it("a preview minds no lock", async () => {
    lock();
    await perform(stack, request("preview"), tools(1000));
    assert.deepEqual(calls, ["preview"]);
  });

  it("with a policy pack it says what the gate let pass, for preview as for up", async () => {
    await perform(stack, request("up", { policyPacks: ["/pack"] }), tools());
    await perform(stack, request("preview", { policyPacks: ["/pack"] }), tools());
    assert.deepEqual(
      events.map(({ type }) => type),
      ["gate.passed", "gate.passed"],
    );
  });
});
