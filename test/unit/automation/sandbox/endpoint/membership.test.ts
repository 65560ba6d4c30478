import assert from "node:assert/strict";
import { Client } from "pg";
import { isMemberOfRdsIam } from "../../../../../automation/sandbox/endpoint/membership";
import { seedCluster, superuserConnection } from "../../../../../automation/sandbox/postgres/seed-cluster";
import { openTestPool, type TestPool } from "../../../../support/postgres-pool";

describe("membership in rds_iam", () => {
  let test: TestPool;
  let client: Client;
  let seededRow: string;

  before(async () => {
    test = await openTestPool();
    const server = await test.pool.claim();
    seededRow = await seedCluster(server, { username: "boss", password: "a long password" }, undefined);
    client = new Client(superuserConnection(server, "postgres"));
    await client.connect();
    for (const statement of [
      "CREATE ROLE direct",
      "GRANT rds_iam TO direct",
      "CREATE ROLE grp NOLOGIN",
      "GRANT rds_iam TO grp",
      "CREATE ROLE far NOINHERIT",
      "GRANT grp TO far",
      "CREATE ROLE admin_only",
      "GRANT direct TO admin_only WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
      "CREATE ROLE admin_of_admin",
      "GRANT admin_only TO admin_of_admin WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
      "CREATE ROLE plain",
    ]) {
      await client.query(statement);
    }
  });

  after(async () => {
    await client.end();
    await test.close();
  });

  const member = (role: string, adminOnly: boolean): Promise<boolean> =>
    isMemberOfRdsIam((sql, values) => client.query(sql, values), role, seededRow, adminOnly);

  for (const [role, strict, lenient] of [
    ["direct", true, true],
    ["far", true, true],
    ["admin_only", true, false],
    ["admin_of_admin", true, false],
    ["plain", false, false],
    ["rdsadmin", false, false],
    ["nobody_there", false, false],
    ["boss", false, false],
  ] as const) {
    it(`${role}: ${strict}, with ADMIN-only rows left out ${lenient}`, async () => {
      assert.deepEqual([await member(role, true), await member(role, false)], [strict, lenient]);
    });
  }

  it("the master that creates an IAM login is one, by the strict reading alone", async () => {
    await client.query("SET SESSION AUTHORIZATION boss");
    await client.query("CREATE ROLE made_by_boss LOGIN");
    await client.query("GRANT rds_iam TO made_by_boss");
    await client.query("RESET SESSION AUTHORIZATION");
    assert.deepEqual([await member("boss", true), await member("boss", false)], [true, false]);
  });
});
