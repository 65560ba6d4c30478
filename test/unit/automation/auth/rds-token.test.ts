import assert from "node:assert/strict";
import { mock } from "node:test";
import { rdsToken } from "../../../../automation/auth/rds-token";
import { Redactor } from "../../../../automation/core/redactor";
import vectors from "../../../support/data/rds-token-vectors.json";

/** Parameters of a token: two signers order them differently, so only these are compared. */
function parts(token: string): { address: string; parameters: Record<string, string> } {
  const at = token.indexOf("/?");
  return { address: token.slice(0, at), parameters: Object.fromEntries(new URLSearchParams(token.slice(at + 2))) };
}

describe("database tokens", () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-01-02T03:04:05Z") });
  });
  afterEach(() => mock.timers.reset());

  for (const vector of vectors.cases) {
    it(`${vector.name} is the token that botocore makes`, async () => {
      const redactor = new Redactor();
      const token = await rdsToken({
        region: vector.region,
        endpoint: vector.host,
        port: vector.port,
        user: vector.user,
        redactor,
        credentials: {
          accessKeyId: vector.accessKeyId,
          secretAccessKey: vector.secretAccessKey,
          ...(vector.sessionToken === null ? {} : { sessionToken: vector.sessionToken }),
        },
      });
      assert.deepEqual(parts(token), parts(vector.botocoreToken));
      assert.equal(redactor.redact(`password ${token}`), "password «redacted»");
    });
  }

  it("asks a source of credentials each time", async () => {
    let asked = 0;
    const vector = vectors.cases[0];
    assert.ok(vector);
    const credentials = async () => ({
      accessKeyId: vector.accessKeyId,
      secretAccessKey: `${vector.secretAccessKey}${asked++}`,
    });
    const request = {
      region: vector.region,
      endpoint: vector.host,
      port: vector.port,
      user: vector.user,
      redactor: new Redactor(),
      credentials,
    };
    assert.notEqual(await rdsToken(request), await rdsToken(request));
    assert.equal(asked, 2);
  });
});
