import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { SallyportError } from "../../automation/core/errors";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { openStack } from "../../automation/pulumi/open-stack";
import type { ConfigValue, StackEngine } from "../../automation/pulumi/stack-engine";
import { ROOT } from "../support/source-files";
import { startToyProvider, type ToyProvider } from "./toy-provider";
import { makeStage, testEngine, type ToyStage } from "./toy-stack";

class Thing extends pulumi.CustomResource {
  constructor(name: string, args: Record<string, unknown>, options?: pulumi.CustomResourceOptions) {
    super("toy:index:Thing", name, args, options);
  }
}

const things =
  (...labels: string[]) =>
  async (): Promise<Record<string, unknown>> => {
    let before: Thing[] = [];
    // One after another, so that a test knows which is being made.
    for (const label of labels) before = [new Thing(label, { label, colour: "red" }, { dependsOn: before })];
    return { last: labels.at(-1), hidden: pulumi.secret("whisper") };
  };

const one = (args: Record<string, unknown>) => async (): Promise<Record<string, unknown>> => {
  new Thing("a", args);
  return {};
};

/** What git sees of the files that an engine could have written. */
const gitStatus = (): string =>
  execFileSync("git", ["status", "--porcelain", "--", "Pulumi*", ".sallyport", "sdk", "*.json"], {
    cwd: ROOT,
    encoding: "utf8",
  });

describe("stack engine", function () {
  this.timeout(60_000);
  let engine: Engine;
  let toy: ToyProvider;
  let stage: ToyStage;

  before(async function () {
    this.timeout(600_000);
    engine = await testEngine();
  });
  beforeEach(async () => {
    toy = await startToyProvider();
    stage = makeStage("engine");
  });
  afterEach(async () => {
    await toy.close();
    stage.remove();
  });

  const open = (
    program: () => Promise<Record<string, unknown>>,
    config: Record<string, ConfigValue> = {},
  ): Promise<StackEngine> =>
    openStack({
      engine,
      project: "toy",
      stack: "dev",
      workDir: stage.workDir,
      config,
      env: stage.env(toy.attach),
      program,
    });

  it("up makes the resource, up again changes nothing, destroy leaves nothing, and git sees none of it", async () => {
    const before = gitStatus();
    const stack = await open(things("a"));
    assert.deepEqual((await stack.preview()).summary, { create: 1, update: 0, delete: 0, replace: 0, same: 0 });
    assert.equal(toy.things.size, 0);
    assert.deepEqual((await stack.up()).summary, { create: 1, update: 0, delete: 0, replace: 0, same: 0 });
    assert.deepEqual([...toy.things.values()], [{ label: "a", colour: "red" }]);
    assert.deepEqual(await stack.outputs(), {
      last: { value: "a", secret: false },
      hidden: { value: "whisper", secret: true },
    });
    const again = await open(things("a"));
    assert.deepEqual((await again.up({ expectNoChanges: true })).summary, {
      create: 0,
      update: 0,
      delete: 0,
      replace: 0,
      same: 1,
    });
    assert.deepEqual((await again.destroy()).summary, { create: 0, update: 0, delete: 1, replace: 0, same: 0 });
    assert.equal(toy.things.size, 0);
    assert.equal(gitStatus(), before);
    assert.equal(statSync(stage.workDir).mode & 0o777, 0o700);
  });

  it("a replacement counts once, a drifted resource is an update of refresh", async () => {
    await (await open(things("a"))).up();
    const stack = await open(one({ label: "b", colour: "red" }));
    assert.deepEqual((await stack.up()).summary, { create: 0, update: 0, delete: 0, replace: 1, same: 0 });
    const [id] = toy.things.keys();
    toy.things.set(id ?? "", { label: "b", colour: "blue" });
    assert.deepEqual((await stack.refresh()).summary, { create: 0, update: 1, delete: 0, replace: 0, same: 0 });
  });

  it("preview that may not change anything names what would change", async () => {
    const stack = await open(things("a"));
    await assert.rejects(stack.preview({ expectNoChanges: true }), (error: SallyportError) => {
      assert.equal(error.code, "UNEXPECTED_CHANGES");
      assert.equal(
        error.message,
        'preview of toy/dev would change 1 resources; nothing was changed.\ncreate toy:index:Thing "a"',
      );
      return true;
    });
  });

  it("a provider's refusal is an error with its words", async () => {
    const stack = await open(one({ label: "a", refuse: true }));
    await assert.rejects(stack.up(), (error: SallyportError) => {
      assert.equal(error.code, "ENGINE_FAILED");
      assert.match(error.message, /^up of toy\/dev failed: .*ToyRefused: not today/);
      assert.equal(error.message.includes("\u001b"), false);
      return true;
    });
  });

  it("structured and secret configuration reach the program; the secret stands nowhere in clear", async () => {
    let seen: unknown;
    const program = async (): Promise<Record<string, unknown>> => {
      const config = new pulumi.Config("toy");
      seen = { shape: config.requireObject("shape"), key: config.require("key") };
      return {};
    };
    const stack = await open(program, { "toy:shape": { sides: 3 }, "toy:key": { secret: "hunter2hunter2" } });
    await stack.up();
    assert.deepEqual(seen, { shape: { sides: 3 }, key: "hunter2hunter2" });
    const files = readdirSync(stage.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
    assert.deepEqual(
      texts.filter((text) => text.includes("hunter2hunter2")),
      [],
    );
  });

  it("an interrupt lets the running create end, records it, and up goes on without a second copy", async () => {
    const held = toy.hold("a");
    const interrupt = new AbortController();
    const running = (await open(things("a", "b"))).up({ signal: interrupt.signal });
    await held.reached;
    interrupt.abort(new SallyportError("INTERRUPTED", { message: "Interrupted." }));
    const ended = assert.rejects(running, { code: "INTERRUPTED" });
    await toy.cancelled;
    held.release();
    await ended;
    assert.equal(toy.creates(), 1);
    const stack = await open(things("a", "b"));
    assert.deepEqual(await stack.pendingOperations(), []);
    assert.deepEqual((await stack.up()).summary, { create: 1, update: 0, delete: 0, replace: 0, same: 1 });
    assert.equal(toy.creates(), 2);
  });

  it("a stack that somebody works on is locked, with the owner's host and pid", async () => {
    const held = toy.hold("a");
    const running = (await open(things("a"))).up();
    await held.reached;
    const other = await open(things("a"));
    await assert.rejects(other.up(), (error: SallyportError) => {
      assert.equal(error.code, "STACK_LOCKED");
      assert.match(error.message, /^The stack toy\/dev is locked by \S*@\S+, process \d+, since /);
      return true;
    });
    held.release();
    await running;
  });
});
