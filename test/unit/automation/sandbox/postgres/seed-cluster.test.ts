import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { MAJORS } from "../../../../../automation/sandbox/postgres/binaries";
import { seedCluster, superuserConnection } from "../../../../../automation/sandbox/postgres/seed-cluster";
import type { ClaimedPostgres } from "../../../../../automation/sandbox/postgres/warm-pool";
import { openTestPool, type TestPool } from "../../../../support/postgres-pool";

const MASTER = { username: "boss", password: "a long master's password" };

for (const major of MAJORS)
  describe(`a seeded cluster, ${major}`, () => {
    let test: TestPool;
    let server: ClaimedPostgres;
    let seededRow: string;

    before(async () => {
      test = await openTestPool();
      server = await test.pool.claim(major);
      seededRow = await seedCluster(server, MASTER, "app");
    });

    after(() => test.close());

    const asMaster = async (sql: string, database = "postgres"): Promise<unknown> => {
      const client = new Client({
        host: "127.0.0.1",
        port: server.port,
        user: MASTER.username,
        password: MASTER.password,
        database,
      });
      try {
        await client.connect();
        return (await client.query(sql)).rows;
      } catch (error) {
        return `${(error as { code: string }).code} ${(error as Error).message}`;
      } finally {
        await client.end().catch(() => undefined);
      }
    };

    it("has a master that is no superuser, and owns its databases", async () => {
      const attributes =
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user";
      assert.deepEqual(await asMaster(attributes), [
        { rolsuper: false, rolcreaterole: true, rolcreatedb: true, rolreplication: false, rolbypassrls: false },
      ]);
      const owners =
        "SELECT datname, pg_get_userbyid(datdba) AS owner FROM pg_database WHERE NOT datistemplate ORDER BY 1";
      assert.deepEqual(await asMaster(owners), [
        { datname: "app", owner: "boss" },
        { datname: "postgres", owner: "boss" },
        { datname: "rdsadmin", owner: "rdsadmin" },
      ]);
    });

    it("keeps pg_authid, the superuser and the superuser's database from the master", async () => {
      assert.equal(await asMaster("SELECT * FROM pg_authid"), "42501 permission denied for table pg_authid");
      assert.match(String(await asMaster("ALTER ROLE rdsadmin PASSWORD 'x'")), /^42501 permission denied/);
      assert.match(String(await asMaster("ALTER ROLE boss SUPERUSER")), /^42501 permission denied/);
      assert.equal(await asMaster("SELECT 1", "rdsadmin"), '42501 permission denied for database "rdsadmin"');
      assert.match(String(await asMaster("COPY (SELECT 1) TO PROGRAM 'true'")), /^42501 permission denied/);
    });

    it("lets the master pass on rds_iam and pg_signal_backend, by a row that can be told from others", async () => {
      assert.deepEqual(
        await asMaster("CREATE ROLE jane LOGIN; GRANT rds_iam TO jane; GRANT pg_signal_backend TO jane").then(
          (rows) => typeof rows,
        ),
        "undefined",
      );
      const client = new Client(superuserConnection(server, "postgres"));
      await client.connect();
      const { rows } = await client.query(
        "SELECT roleid::regrole::text AS role, member::regrole::text AS member, admin_option, inherit_option, set_option FROM pg_auth_members WHERE oid = $1",
        [seededRow],
      );
      await client.end();
      assert.deepEqual(rows, [
        { role: "rds_iam", member: "boss", admin_option: true, inherit_option: false, set_option: false },
      ]);
    });

    it("leaves the master's password in no log", () => {
      const { data } = JSON.parse(readFileSync(path.join(test.folder, "postgres.json"), "utf8")) as { data: string };
      assert.doesNotMatch(
        readFileSync(path.join(data, `${path.basename(server.socketFolder)}.log`), "utf8"),
        /a long master/,
      );
    });
  });
