import assert from "node:assert/strict";
import { DatabaseError } from "pg";
import { translateLoginError, translateStatementError } from "../../../../automation/door/database-errors";
import { SallyportError } from "../../../../automation/core/errors";

const LOGIN = { user: "jane@example.com", database: "app", endpoint: "host" };

function server(severity: string, code: string, message: string, more: object = {}): DatabaseError {
  return Object.assign(new DatabaseError(message, message.length, "error"), { severity, code }, more);
}

describe("database errors", () => {
  it("show the server's own words of a refused login", () => {
    const refused = translateLoginError(
      server("FATAL", "28000", 'PAM authentication failed for user "jane@example.com"'),
      LOGIN,
    );
    assert.equal(refused.code, "DB_LOGIN_REFUSED");
    assert.equal(refused.exitCode, 5);
    assert.equal(
      refused.message,
      'The database refused the login "jane@example.com": FATAL 28000 PAM authentication failed for user "jane@example.com"',
    );
    assert.deepEqual(refused.values, { sqlstate: "28000", user: "jane@example.com" });
  });

  for (const [code, ours] of [
    ["28P01", "DB_LOGIN_REFUSED"],
    ["42501", "DB_LOGIN_REFUSED"],
    ["3D000", "TARGET_UNKNOWN"],
    ["53300", "DB_UNREACHABLE"],
    ["57P03", "DB_UNREACHABLE"],
  ] as const) {
    it(`${code} at login becomes ${ours}`, () =>
      assert.equal(translateLoginError(server("FATAL", code, "words"), LOGIN).code, ours));
  }

  it("tell a statement's SQLSTATE, place and hint", () => {
    const failed = translateStatementError(
      server("ERROR", "42P01", 'relation "ordrs" does not exist', { position: "15", hint: "Did you mean orders?" }),
    );
    assert.equal(failed.code, "DB_STATEMENT_FAILED");
    assert.equal(failed.exitCode, 1);
    assert.equal(failed.message, '42P01 relation "ordrs" does not exist (at character 15)');
    assert.equal(failed.likely, "Did you mean orders?");
    assert.equal(failed.values.sqlstate, "42P01");
  });

  it("call a connection that ended what it is", () => {
    assert.equal(translateLoginError(new Error("Connection terminated unexpectedly"), LOGIN).code, "DB_UNREACHABLE");
    assert.equal(translateStatementError(new Error("Connection terminated unexpectedly")).code, "DB_UNREACHABLE");
    const own = new SallyportError("TUNNEL_CLOSED", { message: "x" });
    assert.equal(translateLoginError(own, LOGIN), own);
    assert.equal(translateStatementError(own), own);
  });
});
