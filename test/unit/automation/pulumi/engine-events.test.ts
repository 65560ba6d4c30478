import assert from "node:assert/strict";
import {
  emptyFold,
  foldEvent,
  hasChanges,
  resourceProgress,
  summarise,
  type EngineEventLike,
  type EngineFold,
} from "../../../../automation/pulumi/engine-events";

const urn = (name: string): string => `urn:pulumi:dev::toy::toy:index:Thing::${name}`;
const step = (
  op: string,
  name: string,
  type = "toy:index:Thing",
): { metadata: { op: string; urn: string; type: string } } => ({ metadata: { op, urn: urn(name), type } });
const folded = (...events: EngineEventLike[]): EngineFold => events.reduce(foldEvent, emptyFold);

describe("engine events", () => {
  it("what was done counts, what was begun counts in a preview only, what failed never does", () => {
    const fold = folded(
      { resourcePreEvent: step("create", "a") },
      { resOutputsEvent: step("create", "a") },
      { resourcePreEvent: step("update", "b") },
      { resourcePreEvent: step("delete", "c") },
      { resOpFailedEvent: step("delete", "c") },
      { resOutputsEvent: step("same", "d") },
      { resOutputsEvent: step("import", "e") },
    );
    assert.deepEqual(summarise(fold), { create: 2, update: 0, delete: 0, replace: 0, same: 1 });
    assert.deepEqual(summarise(fold, true), { create: 2, update: 1, delete: 0, replace: 0, same: 1 });
    assert.equal(hasChanges(summarise(fold)), true);
    assert.equal(hasChanges(summarise(folded({ resOutputsEvent: step("same", "d") }))), false);
  });

  it("a replacement counts once, whatever the order of its three steps", () => {
    const steps = ["create-replacement", "replace", "delete-replaced"].map((op) => ({
      resOutputsEvent: step(op, "a"),
    }));
    assert.deepEqual(summarise(folded(...steps)), { create: 0, update: 0, delete: 0, replace: 1, same: 0 });
    assert.deepEqual(summarise(folded(...steps.reverse())), { create: 0, update: 0, delete: 0, replace: 1, same: 0 });
  });

  it("the stack itself and providers are no resources", () => {
    assert.equal(resourceProgress({ resourcePreEvent: step("create", "s", "pulumi:pulumi:Stack") }), undefined);
    assert.equal(resourceProgress({ resourcePreEvent: step("create", "p", "pulumi:providers:aws") }), undefined);
    assert.deepEqual(resourceProgress({ resOpFailedEvent: step("create", "a") }), {
      urn: urn("a"),
      type: "toy:index:Thing",
      name: "a",
      op: "create",
      phase: "failed",
    });
  });

  it("diagnostics are verbatim without colours; debug, passing and empty ones are dropped", () => {
    const fold = folded(
      {
        diagnosticEvent: {
          severity: "error",
          message: "<{%fg 1%}>UnauthorizedOperation: no\n<{%reset%}>",
          urn: urn("a"),
        },
      },
      { diagnosticEvent: { severity: "info#err", message: "working", ephemeral: true } },
      { diagnosticEvent: { severity: "debug", message: "RegisterResource RPC prepared" } },
      { diagnosticEvent: { severity: "info#err", message: "hello" } },
      { diagnosticEvent: { severity: "info", message: "<{%reset%}>\n<{%reset%}>" } },
    );
    assert.deepEqual(fold.diagnostics, [
      { severity: "error", message: "UnauthorizedOperation: no", urn: urn("a") },
      { severity: "info", message: "hello", urn: undefined },
    ]);
  });

  it("policy violations say rule, pack, weight and resource", () => {
    const policyEvent = {
      policyName: "no-ssh",
      policyPackName: "doors",
      enforcementLevel: "mandatory",
      message: "No SSH.\nport 22\n",
      resourceUrn: urn("a"),
    };
    const { policies } = folded(
      { policyEvent: { ...policyEvent, severity: "high" } },
      { policyEvent: { ...policyEvent, enforcementLevel: "advisory" } },
    );
    const seen = { policy: "no-ssh", pack: "doors", message: "No SSH.\nport 22", urn: urn("a") };
    assert.deepEqual(policies, [
      { ...seen, mandatory: true, severity: "high" },
      { ...seen, mandatory: false, severity: "" },
    ]);
  });

  it("folding changes nothing that was folded before, and other events change nothing", () => {
    const before = folded({ resOutputsEvent: step("create", "a") });
    const copy = structuredClone(before);
    foldEvent(before, { resOutputsEvent: step("delete", "a") });
    assert.deepEqual(before, copy);
    assert.equal(foldEvent(before, {}), before);
  });

  it("remembers which rules looked, whatever they found", () => {
    const { rules } = folded(
      { policyAnalyzeSummaryEvent: { passed: ["a"], failed: ["b"] } },
      { policyAnalyzeStackSummaryEvent: { passed: ["a", "c"], failed: null } },
    );
    assert.deepEqual([...rules], ["a", "b", "c"]);
  });
});
