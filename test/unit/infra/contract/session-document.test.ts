import assert from "node:assert/strict";
import fc from "fast-check";
import { sessionDocument } from "../../../../infra/contract/session-document";

const CONTENT = sessionDocument({
  estate: "payments",
  env: "dev",
  cluster: "app",
  endpoint: "writer",
  host: "h.example",
  port: 5432,
});

describe("session document", () => {
  it("pins host and port; only the local port is a parameter", () => {
    const document = JSON.parse(CONTENT) as Record<string, Record<string, unknown>>;
    assert.deepEqual(document, {
      schemaVersion: "1.0",
      description: "Tunnel to the writer of app (payments/dev) only",
      sessionType: "Port",
      inputs: { idleSessionTimeout: "20", maxSessionDuration: "480" },
      parameters: { localPortNumber: document["parameters"]?.["localPortNumber"] },
      properties: {
        host: "h.example",
        portNumber: "5432",
        type: "LocalPortForwarding",
        localPortNumber: "{{ localPortNumber }}",
      },
    });
  });

  it("lets the local port be any port or 0, and nothing else", () => {
    const { parameters } = JSON.parse(CONTENT) as {
      parameters: { localPortNumber: { default: string; allowedPattern: string } };
    };
    const pattern = new RegExp(parameters.localPortNumber.allowedPattern);
    assert.equal(parameters.localPortNumber.default, "0");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (port) => pattern.test(String(port)) === port <= 65_535),
    );
    for (const text of ["", "00", "-1", "1 ", "1;", "1\n"])
      assert.equal(pattern.test(text), false, JSON.stringify(text));
  });
});
