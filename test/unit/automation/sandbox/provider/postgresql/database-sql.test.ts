import assert from "node:assert/strict";
import { alterDatabase, createDatabase } from "../../../../../../automation/sandbox/provider/postgresql/database-sql";

describe("statements for databases", () => {
  it("a database is made with every word said, owned by the connected role unless told otherwise", () => {
    assert.equal(
      createDatabase({ name: "d" }, "me").sql,
      `CREATE DATABASE "d" OWNER "me" TEMPLATE "template0" ENCODING 'UTF8' ALLOW_CONNECTIONS true CONNECTION LIMIT -1 IS_TEMPLATE false`,
    );
    const given = {
      name: "d",
      owner: "o",
      template: "default",
      lcCollate: "C",
      tablespaceName: "t",
      connectionLimit: 3,
    };
    assert.deepEqual(createDatabase({ ...given, allowConnections: false, isTemplate: true }, "me"), {
      failure: 'error creating database "d"',
      sql: `CREATE DATABASE "d" OWNER "o" TEMPLATE DEFAULT ENCODING 'UTF8' LC_COLLATE 'C' TABLESPACE "t" ALLOW_CONNECTIONS false CONNECTION LIMIT 3 IS_TEMPLATE true`,
    });
  });

  it("only what changed is altered", () => {
    const state = { name: "d", connectionLimit: -1, allowConnections: true, isTemplate: false, tablespaceName: "t" };
    const sql = (news: Record<string, string | number | boolean>): string[] =>
      alterDatabase(state, { name: "d", ...news }).map((statement) => statement.sql);
    assert.deepEqual(sql({ connectionLimit: -1 }), []);
    assert.deepEqual(
      sql({ connectionLimit: 3, allowConnections: false, isTemplate: true, tablespaceName: "default" }),
      [
        'ALTER DATABASE "d" RESET TABLESPACE',
        'ALTER DATABASE "d" CONNECTION LIMIT = 3',
        'ALTER DATABASE "d" ALLOW_CONNECTIONS false',
        'ALTER DATABASE "d" IS_TEMPLATE true',
      ],
    );
  });
});
