import assert from "node:assert/strict";
import type { Client } from "pg";
import { runStatements } from "../../../../automation/client/run-statements";
import { connectDatabase } from "../../../../automation/door/database-connection";
import { errorMessage, fakePostgres, message, rowAnswer, type FakePostgres } from "../../../support/fake-postgres";
import { makeAuthority } from "../../../support/made-certificates";
import { verifiedStream } from "../../../support/verified-stream";

const ANSWERS = {
  "select 1; insert": Buffer.concat([rowAnswer({ n: "1", nothing: null }), message("C", "INSERT 0 2\0")]),
  "select true": rowAnswer({ yes: "t" }, 16),
  "-- nothing": message("I"),
  "drop table orders": errorMessage("ERROR", "42501", "must be owner of table orders"),
};

describe("running statements", () => {
  let server: FakePostgres;
  let client: Client;
  before(async () => {
    const authority = await makeAuthority();
    server = await fakePostgres(await authority.issue(["db.example"]), { answers: ANSWERS });
    client = await connectDatabase({
      secure: await verifiedStream(server, "db.example", authority),
      endpoint: "db.example",
      port: 5432,
      user: "jane",
      password: "p",
      database: "app",
      connectTimeoutMs: 5_000,
      applicationName: "t",
    });
  });
  after(async () => {
    await client.end();
    await server.close();
  });

  it("answers every statement's result, values as PostgreSQL's own text", async () => {
    assert.deepEqual(await runStatements(client, "select 1; insert"), [
      {
        command: "SELECT",
        rowCount: 1,
        columns: [
          { name: "n", oid: 25 },
          { name: "nothing", oid: 25 },
        ],
        rows: [["1", null]],
      },
      { command: "INSERT", rowCount: 2, columns: [], rows: [] },
    ]);
  });

  it("does not turn values into anything else", async () => {
    assert.deepEqual((await runStatements(client, "select true"))[0]?.rows, [["t"]]);
  });

  it("answers nothing for a text without a statement", async () => {
    assert.deepEqual(await runStatements(client, "-- nothing"), []);
  });

  it("fails with SQLSTATE and the server's words", async () => {
    await assert.rejects(runStatements(client, "drop table orders"), {
      code: "DB_STATEMENT_FAILED",
      exitCode: 1,
      message: "42501 must be owner of table orders",
    });
  });
});
