import assert from "node:assert/strict";
import fc from "fast-check";
import { localPort } from "../../../../automation/client/local-port";

describe("the port of a person's proxy", () => {
  it("is always the same, so that a GUI's settings stay valid", () => {
    assert.equal(localPort("payments/dev", "app/app", "jane@example.com"), 21_606);
  });

  it("is another for the reader, another login, another environment", () => {
    const ports = [
      localPort("payments/dev", "app/app", "jane@example.com"),
      localPort("payments/dev", "app/app@reader", "jane@example.com"),
      localPort("payments/dev", "app/app", "jane@example.com--admin"),
      localPort("payments/prod", "app/app", "jane@example.com"),
    ];
    assert.equal(new Set(ports).size, ports.length);
  });

  it("lies from 20000 to 29999", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (environment, target, login) => {
        const port = localPort(environment, target, login);
        assert.ok(Number.isInteger(port) && port >= 20_000 && port <= 29_999, String(port));
      }),
    );
  });
});
