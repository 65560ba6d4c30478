import assert from "node:assert/strict";
import { heldResources, pendingOperations, settlePending } from "../../../../automation/pulumi/pending-operations";

const thing = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  urn: `urn:pulumi:dev::toy::t:i:T::${name}`,
  type: "t:i:T",
  custom: true,
  ...more,
});
const state = (pending?: unknown[], resources: unknown[] = [thing("old", { id: "1" })]): Record<string, unknown> => ({
  version: 3,
  deployment: { manifest: {}, resources, ...(pending ? { pending_operations: pending } : {}) },
});

describe("pending operations", () => {
  it("are read from an exported state, with inputs", () => {
    assert.deepEqual(
      pendingOperations(
        state([
          { type: "creating", resource: thing("a", { inputs: { label: "a" } }) },
          { type: "deleting", resource: thing("b") },
        ]),
      ),
      [
        { kind: "creating", urn: "urn:pulumi:dev::toy::t:i:T::a", type: "t:i:T", name: "a", inputs: { label: "a" } },
        { kind: "deleting", urn: "urn:pulumi:dev::toy::t:i:T::b", type: "t:i:T", name: "b", inputs: {} },
      ],
    );
  });

  it("a state without any, a new stack and foreign entries answer none", () => {
    for (const exported of [
      state(),
      state([]),
      { version: 3, deployment: null },
      null,
      state([
        { type: "dreaming", resource: thing("a") },
        { type: "creating", resource: {} },
      ]),
    ]) {
      assert.deepEqual(pendingOperations(exported), []);
    }
  });

  it("settling takes what exists among the resources, unprotected, and drops every pending entry", () => {
    const parent = "urn:pulumi:dev::toy::t:i:T::old";
    const before = state([
      { type: "creating", resource: thing("a", { inputs: { label: "a" }, parent }) },
      { type: "creating", resource: thing("b") },
      { type: "updating", resource: thing("old") },
    ]);
    const copy = structuredClone(before);
    assert.deepEqual(settlePending(before, [{ urn: "urn:pulumi:dev::toy::t:i:T::a", id: "t-1" }]), {
      version: 3,
      deployment: {
        manifest: {},
        resources: [
          thing("old", { id: "1" }),
          thing("a", { inputs: { label: "a" }, parent, id: "t-1", outputs: { label: "a" } }),
        ],
      },
    });
    assert.deepEqual(before, copy);
  });

  it("what is recorded already, or was never pending, is not taken", () => {
    const before = state([{ type: "creating", resource: thing("old") }]);
    const adopted = ["old", "stranger"].map((name) => ({ urn: `urn:pulumi:dev::toy::t:i:T::${name}`, id: "t-9" }));
    assert.deepEqual(settlePending(before, adopted), state());
  });

  it("counts what a state holds without the stack, providers and components", () => {
    const resource = (type: string, custom: boolean) => ({ urn: `urn:${type}`, type, custom });
    const resources = [
      resource("pulumi:pulumi:Stack", false),
      resource("pulumi:providers:postgresql", true),
      resource("sallyport:sql:Database", false),
      resource("postgresql:index/role:Role", true),
    ];
    assert.equal(heldResources({ deployment: { resources } }), 1);
    assert.equal(heldResources({ deployment: {} }), 0);
    assert.equal(heldResources(null), 0);
  });
});
