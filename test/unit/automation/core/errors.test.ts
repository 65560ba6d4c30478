import assert from "node:assert/strict";
import { asSallyportError, causeChain, SallyportError } from "../../../../automation/core/errors";

describe("SallyportError", () => {
  it("takes exit code, fault and next step from the registry", () => {
    const error = new SallyportError("AUTH_SIGN_IN_EXPIRED", { message: "Your sign-in ended 3 min ago." });
    assert.deepEqual([error.exitCode, error.fault, error.next], [5, "user", "sallyport login"]);
  });

  it("fills the registry's placeholders from its values, and shows a missing one in capitals", () => {
    assert.equal(
      new SallyportError("DOOR_NOT_FOUND", { message: "m", values: { env: "dev" } }).next,
      "sallyport up --env dev",
    );
    assert.equal(new SallyportError("DOOR_NOT_FOUND", { message: "m" }).next, "sallyport up --env ENV");
  });

  it("wraps foreign errors as INTERNAL with their cause, and leaves its own alone", () => {
    const foreign = new TypeError("x is undefined");
    const wrapped = asSallyportError(foreign);
    assert.deepEqual(
      [wrapped.code, wrapped.message, wrapped.cause],
      ["INTERNAL", "Unexpected: x is undefined", foreign],
    );
    const own = new SallyportError("USAGE", { message: "m" });
    assert.equal(asSallyportError(own), own);
  });

  it("keeps an error that another bundle's copy of the class made", () => {
    const twin = Object.assign(new Error("Interrupted."), {
      name: "SallyportError",
      code: "INTERRUPTED",
      next: "again",
      values: {},
      likely: undefined,
    });
    const kept = asSallyportError(twin);
    assert.deepEqual([kept.code, kept.message, kept.exitCode], ["INTERRUPTED", "Interrupted.", 130]);
  });

  it("lists causes outermost first and survives a circle", () => {
    const inner = new Error("inner");
    const outer = new Error("outer", { cause: new Error("middle", { cause: inner }) });
    assert.deepEqual(causeChain(outer), ["Error: middle", "Error: inner"]);
    inner.cause = outer;
    assert.deepEqual(causeChain(outer), ["Error: middle", "Error: inner"]);
  });
});
