import assert from "node:assert/strict";
import { readObjectCatalog } from "../../../../../automation/runner/database/object-catalog";
import { MASTER, startTestCluster, type TestCluster } from "../../../../support/test-cluster";

describe("reading a database's objects", () => {
  let test: TestCluster;

  before(async () => {
    test = await startTestCluster({ databaseName: "app" });
  });

  after(() => test.close());

  it("sees tables, views and sequences of the owner, with grants and defaults, and nobody else's", async () => {
    await test.asSuperuser(["CREATE ROLE own NOLOGIN", "CREATE ROLE reader NOLOGIN", "CREATE ROLE stranger NOLOGIN"]);
    await test.asSuperuser(
      [
        "CREATE SCHEMA sales AUTHORIZATION own",
        "GRANT USAGE ON SCHEMA sales TO reader",
        "CREATE TABLE sales.b (id serial)",
        "CREATE VIEW sales.a AS SELECT 1 AS one",
        "CREATE TABLE sales.theirs (id int)",
        "ALTER TABLE sales.b OWNER TO own",
        "ALTER VIEW sales.a OWNER TO own",
        "ALTER TABLE sales.theirs OWNER TO stranger",
        "GRANT SELECT, INSERT ON sales.b TO reader",
        "ALTER DEFAULT PRIVILEGES FOR ROLE own IN SCHEMA sales GRANT SELECT ON TABLES TO reader",
      ],
      "app",
    );
    const client = await test.login(MASTER.username, MASTER.password, "app");
    const found = await readObjectCatalog(client, { name: "app", owner: "own", schemas: ["sales", "missing"] });
    await client.end();
    const all = ["DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"];
    assert.deepEqual(found, {
      schemas: [{ name: "sales", usage: ["own", "reader"] }],
      objects: [
        { schema: "sales", name: "a", kind: "table", grants: {} },
        { schema: "sales", name: "b", kind: "table", grants: { own: all, reader: ["INSERT", "SELECT"] } },
        { schema: "sales", name: "b_id_seq", kind: "sequence", grants: {} },
      ],
      defaults: [{ schema: "sales", kind: "table", role: "reader", privileges: ["SELECT"] }],
    });
  });
});
