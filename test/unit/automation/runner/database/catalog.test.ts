import assert from "node:assert/strict";
import { membershipOf, readCatalog, roleNamed } from "../../../../../automation/runner/database/catalog";
import { MASTER, startTestCluster, type TestCluster } from "../../../../support/test-cluster";

describe("reading the catalogs", () => {
  let test: TestCluster;

  before(async () => {
    test = await startTestCluster({ databaseName: "app" });
  });

  after(() => test.close());

  it("a plain login reads roles, memberships and who may connect", async () => {
    await test.asSuperuser([
      "CREATE ROLE grp NOLOGIN",
      "CREATE ROLE jane LOGIN CONNECTION LIMIT 3",
      "COMMENT ON ROLE jane IS 'a comment'",
      "GRANT grp TO jane WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
      "REVOKE CONNECT ON DATABASE app FROM PUBLIC",
      "GRANT CONNECT ON DATABASE app TO jane WITH GRANT OPTION",
    ]);
    const client = await test.login(MASTER.username, MASTER.password);
    const catalog = await readCatalog(client);
    await client.end();
    const usual = {
      superuser: false,
      createRole: false,
      createDatabase: false,
      replication: false,
      bypassRls: false,
      inherit: true,
    };
    assert.deepEqual(roleNamed(catalog, "jane"), {
      name: "jane",
      login: true,
      ...usual,
      connectionLimit: 3,
      comment: "a comment",
    });
    assert.deepEqual(roleNamed(catalog, "grp"), {
      name: "grp",
      login: false,
      ...usual,
      connectionLimit: -1,
      comment: undefined,
    });
    assert.deepEqual(membershipOf(catalog, "jane", "grp"), {
      role: "grp",
      member: "jane",
      admin: true,
      inherit: false,
      set: false,
    });
    assert.equal(membershipOf(catalog, "grp", "jane"), undefined);
    assert.deepEqual(catalog.databases, [
      { name: "app", owner: MASTER.username, connect: ["jane", MASTER.username], connectGrantable: ["jane"] },
      { name: "postgres", owner: MASTER.username, connect: ["", MASTER.username], connectGrantable: [] },
      { name: "rdsadmin", owner: "rdsadmin", connect: ["rdsadmin"], connectGrantable: [] },
    ]);
    assert.ok(catalog.version >= 160_000);
  });
});
