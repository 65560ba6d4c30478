import assert from "node:assert/strict";
import { inTransaction, sqlStateOf, withDatabase } from "../../../../../automation/runner/database/sql-client";

/** A client that notes what it is asked; statements in `fail` are refused. */
function noting(fail: readonly string[] = []): {
  said: string[];
  query(text: string): Promise<{ rows: [] }>;
  end(): Promise<void>;
} {
  const said: string[] = [];
  return {
    said,
    query: async (text) => {
      said.push(text);
      if (fail.includes(text)) throw new Error(`refused ${text}`);
      return { rows: [] };
    },
    end: async () => void said.push("(end)"),
  };
}

describe("SQL on a connection", () => {
  it("runs statements in one transaction, and none for none", async () => {
    const client = noting();
    await inTransaction(client, []);
    assert.deepEqual(client.said, []);
    await inTransaction(client, ["a", "b"]);
    assert.deepEqual(client.said, ["BEGIN", "a", "b", "COMMIT"]);
  });

  it("rolls back at the first error, and tells that one even if the connection is gone", async () => {
    const client = noting(["a", "ROLLBACK"]);
    await assert.rejects(inTransaction(client, ["a", "b"]), { message: "refused a" });
    assert.deepEqual(client.said, ["BEGIN", "a", "ROLLBACK"]);
  });

  it("closes the connection, whatever happens", async () => {
    const client = noting();
    const work = withDatabase(
      async () => client,
      "app",
      async () => Promise.reject(new Error("no")),
    );
    await assert.rejects(work, { message: "no" });
    assert.deepEqual(client.said, ["(end)"]);
  });

  it("tells SQLSTATEs from other codes", () => {
    assert.equal(sqlStateOf({ code: "28P01" }), "28P01");
    assert.equal(sqlStateOf({ code: "ECONNREFUSED" }), undefined);
    assert.equal(sqlStateOf(undefined), undefined);
    assert.equal(sqlStateOf(new Error("no code")), undefined);
  });
});
