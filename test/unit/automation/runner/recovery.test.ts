import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SallyportError } from "../../../../automation/core/errors";
import type { PendingOperation } from "../../../../automation/pulumi/stack-engine";
import { orphansByName, runStackRecovering, type RecoveryTools } from "../../../../automation/runner/recovery";
import type { StackRequest } from "../../../../automation/runner/stack-child/stack-request";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";

const REQUEST: StackRequest = {
  operation: "up",
  engine: { command: "/pulumi", version: "3.220.0" },
  project: "toy",
  stack: "dev",
  workDir: "/w",
  config: {},
  program: "platform",
  policyPacks: ["/p"],
  expectNoChanges: true,
};
const creating = (name: string, type = "t:i:T", inputs: Record<string, unknown> = {}): PendingOperation => ({
  kind: "creating",
  urn: `urn:${name}`,
  type,
  name,
  inputs,
});
const signal = new AbortController().signal;

/** A child that answers `pending` until it was asked to settle, and writes down what it was asked. */
const CHILD = `const fs = require("node:fs");
require("node:readline").createInterface({ input: process.stdin }).once("line", (line) => {
  const asked = JSON.parse(line);
  const settled = fs.existsSync("asked") && fs.readFileSync("asked", "utf8").includes('"settle"');
  fs.appendFileSync("asked", line + "\\n");
  const done = { type: "done", result: { outputs: {}, summary: {}, diagnostics: [], policies: [], durationMs: 1 } };
  const pending = JSON.parse(fs.readFileSync("pending.json", "utf8"));
  console.log(JSON.stringify(settled || asked.operation === "settle" || pending.length === 0 ? done : { type: "pending", pending }));
  process.exit(0);
});`;

describe("recovery", () => {
  let scratch: ScratchFolder;
  let said: string[];
  beforeEach(() => {
    scratch = scratchFolder();
    said = [];
    writeFileSync(path.join(scratch.folder, "child.cjs"), CHILD);
  });
  afterEach(() => scratch.remove());
  const tools = (pending: readonly PendingOperation[], more: Partial<RecoveryTools> = {}): RecoveryTools => {
    writeFileSync(path.join(scratch.folder, "pending.json"), JSON.stringify(pending));
    const entry = { execArgv: [], file: path.join(scratch.folder, "child.cjs") };
    return {
      reporter: { report: ({ text }) => void said.push(text) },
      signal,
      env: {},
      cwd: scratch.folder,
      entry,
      ...more,
    };
  };
  const asked = (): StackRequest[] =>
    readFileSync(path.join(scratch.folder, "asked"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as StackRequest);

  it("without pending operations it is one run", async () => {
    assert.equal((await runStackRecovering(REQUEST, tools([]))).durationMs, 1);
    assert.deepEqual(
      asked().map(({ operation }) => operation),
      ["up"],
    );
  });

  it("what exists is adopted, what does not is dropped, both are said, then the run goes on", async () => {
    const update: PendingOperation = { ...creating("c"), kind: "updating" };
    const findOrphans: RecoveryTools["findOrphans"] = async (pending) => {
      assert.deepEqual(
        pending.map(({ urn }) => urn),
        ["urn:a", "urn:b"],
      );
      return [
        { urn: "urn:a", state: "exists", id: "t-1" },
        { urn: "urn:b", state: "absent" },
      ];
    };
    await runStackRecovering(REQUEST, tools([creating("a"), creating("b"), update], { findOrphans }));
    assert.deepEqual(
      asked().map(({ operation }) => operation),
      ["up", "settle", "up"],
    );
    const { policyPacks: _packs, expectNoChanges: _strict, ...plain } = REQUEST;
    assert.deepEqual(asked()[1], { ...plain, operation: "settle", adopt: [{ urn: "urn:a", id: "t-1" }] });
    assert.deepEqual(said, ['adopting t:i:T "a" (t-1), which a killed run made', 't:i:T "b" was never made']);
  });

  it("anything unknown stops the run before the state is touched", async () => {
    const findOrphans: RecoveryTools["findOrphans"] = async () => [{ urn: "urn:a", state: "absent" }];
    await assert.rejects(
      runStackRecovering(REQUEST, tools([creating("a"), creating("b")], { findOrphans })),
      (error: SallyportError) => {
        assert.equal(error.code, "STACK_PENDING");
        assert.equal(
          error.message,
          'An earlier run of toy/dev was killed in the middle of:\ncreating t:i:T "b" (urn:b)',
        );
        return true;
      },
    );
    assert.deepEqual(
      asked().map(({ operation }) => operation),
      ["up"],
    );
  });

  it("from the state alone: names are ids, random is nowhere, all others are unknown", async () => {
    const pending = [
      creating("role", "aws:iam/role:Role", { name: "sp-x" }),
      creating("unnamed", "aws:iam/role:Role"),
      creating("id", "random:index/randomId:RandomId"),
      creating("vpc", "aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }),
    ];
    assert.deepEqual(await orphansByName(pending, signal), [
      { urn: "urn:role", state: "exists", id: "sp-x" },
      { urn: "urn:unnamed", state: "unknown" },
      { urn: "urn:id", state: "absent" },
      { urn: "urn:vpc", state: "unknown" },
    ]);
  });

  it("a PostgreSQL role is told by its name, and grants are made again", async () => {
    const pending = [
      creating("jane", "postgresql:index/role:Role", { name: "jane@example.com" }),
      creating("grant", "postgresql:index/grant:Grant", { role: "ro" }),
      creating("to come", "postgresql:index/defaultPrivileges:DefaultPrivileges"),
    ];
    assert.deepEqual(await orphansByName(pending, signal), [
      { urn: "urn:jane", state: "exists", id: "jane@example.com" },
      { urn: "urn:grant", state: "absent" },
      { urn: "urn:to come", state: "absent" },
    ]);
  });
});
