import assert from "node:assert/strict";
import fc from "fast-check";
import { Redactor } from "../../../../automation/core/redactor";

describe("Redactor", () => {
  it("hides a secret in every encoding that we emit", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 60 }), (secret) => {
        const redactor = new Redactor();
        redactor.register(secret);
        for (const form of [
          secret,
          encodeURIComponent(secret),
          JSON.stringify(secret),
          Buffer.from(secret).toString("base64"),
        ]) {
          assert.ok(redactor.redact(`<${form}>`).includes("«redacted»"), form);
        }
      }),
    );
  });

  it("leaves other text alone, and ignores secrets that are too short to tell apart", () => {
    const redactor = new Redactor();
    redactor.register("abc");
    assert.equal(redactor.redact("abc def"), "abc def");
  });

  it("replaces the longer of two overlapping secrets first", () => {
    const redactor = new Redactor();
    redactor.register("secret");
    redactor.register("secret-and-more");
    assert.equal(redactor.redact("x secret-and-more y"), "x «redacted» y");
  });
});
