import assert from "node:assert/strict";
import { SallyportError } from "../../../../automation/core/errors";
import { emptyFold, foldEvent, type EngineEventLike } from "../../../../automation/pulumi/engine-events";
import { engineFailure, type FailedRun } from "../../../../automation/pulumi/engine-failure";

const said = (stderr: string): Error =>
  Object.assign(new Error("code: 255"), { commandResult: { stdout: "", stderr, code: 255 } });
const run = (more: Partial<FailedRun> = {}, ...events: EngineEventLike[]): FailedRun => ({
  stack: "toy/dev",
  operation: "up",
  fold: events.reduce(foldEvent, emptyFold),
  ...more,
});
const rule = {
  policyName: "no-ssh",
  policyPackName: "doors",
  enforcementLevel: "mandatory",
  message: "port 22\n",
  resourceUrn: "urn:pulumi:dev::toy::c:i:C$t:i:T::web",
};

describe("engine failure", () => {
  it("errors of the events come first, each once", () => {
    const boom = { diagnosticEvent: { severity: "error", message: "boom" } };
    const error = engineFailure(
      said("something else"),
      run({}, boom, boom, { diagnosticEvent: { severity: "warning", message: "careful" } }),
    );
    assert.deepEqual([error.code, error.message], ["ENGINE_FAILED", "up of toy/dev failed: boom"]);
  });

  it("without events the engine's own words are the cause", () => {
    const error = engineFailure(
      said("\u001b[31merror: incorrect passphrase\u001b[0m\n"),
      run({ operation: "opening" }),
    );
    assert.equal(error.message, "opening of toy/dev failed: error: incorrect passphrase");
  });

  it("a lock names its owner", () => {
    const words =
      "error: the stack is currently locked by 1 lock(s). Either wait…\n  file:///s/x.json: created by jane@laptop (pid 4711) at 2026-02-10T10:00:00Z";
    const error = engineFailure(said(words), run());
    assert.equal(error.code, "STACK_LOCKED");
    assert.equal(
      error.message,
      "The stack toy/dev is locked by jane@laptop, process 4711, since 2026-02-10T10:00:00Z.",
    );
    assert.deepEqual(error.values, { stack: "toy/dev", host: "laptop", pid: 4711 });
    assert.equal(
      engineFailure(said("[409] Conflict: Another update is currently in progress."), run()).message,
      "The stack toy/dev is locked by another update.",
    );
  });

  it("a mandatory policy is exit code 3 with rule and resource, an advisory one is not the cause", () => {
    const error = engineFailure(said("x"), run({ operation: "preview" }, { policyEvent: rule }));
    assert.deepEqual([error.code, error.exitCode], ["POLICY_VIOLATION", 3]);
    assert.equal(error.message, "Mandatory policies stopped preview of toy/dev:\nno-ssh on web (t:i:T): port 22");
    assert.equal(error.values["rules"], "no-ssh");
    assert.equal(
      engineFailure(said("x"), run({}, { policyEvent: { ...rule, enforcementLevel: "advisory" } })).code,
      "ENGINE_FAILED",
    );
  });

  it("a rule of our own pack is explained by the next command; its description is not repeated", () => {
    const message = "No port is open. It would be.\nport 22 is open. Write 443.\n";
    const violations = [
      { policyEvent: { ...rule, policyPackName: "sallyport", message } },
      { policyEvent: { ...rule, policyPackName: "sallyport", message, resourceUrn: "" } },
    ];
    const error = engineFailure(said("x"), run({ operation: "preview" }, ...violations));
    assert.equal(
      error.message,
      "Mandatory policies stopped preview of toy/dev:\nno-ssh on web (t:i:T): port 22 is open. Write 443.\nno-ssh: port 22 is open. Write 443.",
    );
    assert.equal(error.next, "sallyport policies explain no-ssh");
  });

  it("unexpected changes are exit code 4 with every resource", () => {
    const metadata = { op: "update", urn: "urn:pulumi:dev::toy::t:i:T::a", type: "t:i:T" };
    const error = engineFailure(
      said("error: no changes were expected but changes were proposed"),
      run({}, { resourcePreEvent: { metadata } }),
    );
    assert.deepEqual([error.code, error.exitCode], ["UNEXPECTED_CHANGES", 4]);
    assert.equal(error.message, 'up of toy/dev would change 1 resources; nothing was changed.\nupdate t:i:T "a"');
    assert.equal(error.next, "sallyport preview --env dev");
  });

  it("an abort is the signal's reason, whatever the engine said", () => {
    const reason = new SallyportError("TERMINATED", { message: "Ended." });
    assert.equal(engineFailure(said("update canceled"), run({ signal: AbortSignal.abort(reason) })), reason);
    assert.equal(engineFailure(said("update canceled"), run({ signal: AbortSignal.abort() })).code, "INTERRUPTED");
  });

  it("our own errors and plain ones pass through", () => {
    const own = new SallyportError("INTERNAL", { message: "own" });
    assert.equal(engineFailure(own, run()), own);
    assert.equal(engineFailure(new Error("plain"), run()).message, "up of toy/dev failed: plain");
  });
});
