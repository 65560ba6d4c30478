import assert from "node:assert/strict";
import { CANARY, PROVISIONER } from "../../../../../infra/contract/names";
import { applyRoles } from "../../../../../automation/runner/database/apply-roles";
import {
  ensureProvisioner,
  runBootstrap,
  type BootstrapLogins,
} from "../../../../../automation/runner/database/bootstrap";
import { readCatalog } from "../../../../../automation/runner/database/catalog";
import { verifyRoles } from "../../../../../automation/runner/database/verify";
import { wantedRoles, type WantedRoles } from "../../../../../automation/runner/database/wanted-roles";
import { MASTER, startTestCluster, token, type TestCluster } from "../../../../support/test-cluster";

const WISH = {
  master: MASTER.username,
  databases: { app: { owner: "app_owner" }, billing: { owner: "billing_owner" } },
};
const DATABASES = {
  app: { owner: "app_owner", schemas: ["public", "sales"] },
  billing: { owner: "billing_owner", schemas: ["public"] },
};

const grant = (database: string, preset: "readonly" | "readwrite" | "owner", until?: string) => ({
  role: preset,
  cluster: "app",
  database,
  preset,
  privilegeRole: preset === "owner" ? `${database}_owner` : `sallyport_${database}_${preset}`,
  ...(until === undefined ? {} : { until }),
});

const JANE = {
  loginName: "Jane.Doe@example.com",
  person: { userName: "Jane.Doe@example.com", userId: "u-1" },
  grants: [grant("app", "readonly")],
};
const ANN = {
  loginName: "ann",
  person: { userName: "ann", userId: "u-2" },
  grants: [grant("app", "readwrite"), grant("billing", "readonly", "2030-01-01T00:00:00Z")],
};
const ANN_ADMIN = {
  loginName: "ann--admin",
  person: { userName: "ann", userId: "u-2" },
  grants: [grant("app", "owner")],
};
const NOW = Date.parse("2026-01-01T00:00:00Z");

function wanted(logins: readonly (typeof JANE | typeof ANN | typeof ANN_ADMIN)[], now = NOW): WantedRoles {
  return wantedRoles({ logins }, "app", DATABASES, now);
}

describe("the runner's own SQL on a real PostgreSQL", () => {
  let test: TestCluster;
  let secretReads = 0;
  const logins: BootstrapLogins = {
    provisioner: () => test.login(PROVISIONER, token(PROVISIONER)),
    masterByToken: () => test.login(MASTER.username, token(MASTER.username)),
    masterByPassword: () => {
      secretReads += 1;
      return test.login(MASTER.username, MASTER.password);
    },
  };
  const connect = (database: string) => test.login(PROVISIONER, token(PROVISIONER), database);
  const read = async (user: string, sql: string, database = "app"): Promise<unknown> => {
    const client = await test.login(user, token(user), database);
    try {
      return (await client.query(sql)).rows;
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return `${code} ${message}`;
    } finally {
      await client.end();
    }
  };

  before(async () => {
    test = await startTestCluster();
  });

  after(() => test.close());

  it("the first run reads the master's secret once, the second not at all and changes nothing", async () => {
    const first = await ensureProvisioner(logins, WISH);
    assert.equal(first.secretRead, true);
    assert.ok(first.changed > 0);
    assert.deepEqual(await ensureProvisioner(logins, WISH), { changed: 0, secretRead: false });
    assert.equal(secretReads, 1);
  });

  it("the provisioner is an IAM login, ADMIN without SET or INHERIT on owners, and no superuser", async () => {
    const client = await connect("postgres");
    const catalog = await readCatalog(client);
    await client.end();
    const rows = catalog.memberships.filter(({ member }) => member === PROVISIONER);
    assert.deepEqual(rows, [
      { role: "app_owner", member: PROVISIONER, admin: true, inherit: false, set: false },
      { role: "billing_owner", member: PROVISIONER, admin: true, inherit: false, set: false },
      { role: "pg_signal_backend", member: PROVISIONER, admin: false, inherit: true, set: true },
      { role: "rds_iam", member: PROVISIONER, admin: true, inherit: true, set: true },
    ]);
    assert.deepEqual(
      catalog.databases.filter(({ name }) => name !== "postgres" && name !== "rdsadmin"),
      [
        { name: "app", owner: "app_owner", connect: ["app_owner", PROVISIONER], connectGrantable: [PROVISIONER] },
        {
          name: "billing",
          owner: "billing_owner",
          connect: ["billing_owner", PROVISIONER],
          connectGrantable: [PROVISIONER],
        },
      ],
    );
    const role = catalog.roles.find(({ name }) => name === PROVISIONER);
    assert.deepEqual(
      [role?.login, role?.createRole, role?.createDatabase, role?.superuser],
      [true, true, false, false],
    );
  });

  it("afterwards the master's password is refused and its token accepted; with ADMIN-only rows not counted it is the reverse", async () => {
    assert.equal(
      await test.verdict(MASTER.username, MASTER.password),
      '28000 PAM authentication failed for user "sallyport_master"',
    );
    assert.equal(await test.verdict(MASTER.username, token(MASTER.username)), "accepted");
    test.estate.knobs.adminOnlyCountsForIam = false;
    try {
      assert.equal(await test.verdict(MASTER.username, MASTER.password), "accepted");
      assert.equal(
        await test.verdict(MASTER.username, token(MASTER.username)),
        '28P01 password authentication failed for user "sallyport_master"',
      );
      assert.equal(await test.verdict(PROVISIONER, token(PROVISIONER)), "accepted");
    } finally {
      test.estate.knobs.adminOnlyCountsForIam = true;
    }
  });

  it("a database that is wanted later is made by the master's token, without the secret", async () => {
    const more = { ...WISH, databases: { ...WISH.databases, later: { owner: "app_owner" } } };
    const { changed, secretRead } = await ensureProvisioner(logins, more);
    assert.deepEqual([changed, secretRead, secretReads], [6, false, 1]);
    assert.deepEqual(await ensureProvisioner(logins, more), { changed: 0, secretRead: false });
  });

  it("a database that is wanted later falls back to the secret where ADMIN-only rows do not count", async () => {
    test.estate.knobs.adminOnlyCountsForIam = false;
    try {
      const more = {
        ...WISH,
        databases: { ...WISH.databases, later: { owner: "app_owner" }, last: { owner: "app_owner" } },
      };
      assert.deepEqual(await ensureProvisioner(logins, more), { changed: 6, secretRead: true });
    } finally {
      test.estate.knobs.adminOnlyCountsForIam = true;
    }
  });

  it("login roles: the second run changes nothing and verify finds nothing", async () => {
    const roles = wanted([JANE, ANN, ANN_ADMIN]);
    assert.notDeepEqual(await verifyRoles(connect, roles), []);
    assert.ok((await applyRoles(connect, roles)) > 0);
    assert.equal(await applyRoles(connect, roles), 0);
    assert.deepEqual(await verifyRoles(connect, roles), []);
  });

  it("the presets do what they say, for tables of today and of tomorrow", async () => {
    const admin = await test.login("ann--admin", token("ann--admin"), "app");
    await admin.query("SET ROLE app_owner");
    await admin.query("CREATE TABLE sales.orders (id int GENERATED ALWAYS AS IDENTITY, what text)");
    await admin.query("INSERT INTO sales.orders (what) VALUES ('tea')");
    await admin.end();
    assert.deepEqual(await read("Jane.Doe@example.com", "SELECT * FROM sales.orders"), [{ id: 1, what: "tea" }]);
    assert.equal(
      await read("Jane.Doe@example.com", "DELETE FROM sales.orders"),
      "42501 permission denied for table orders",
    );
    assert.deepEqual(await read("ann", "INSERT INTO sales.orders (what) VALUES ('cake') RETURNING id"), [{ id: 2 }]);
    assert.equal(await read("ann", "DROP TABLE sales.orders"), "42501 must be owner of table orders");
    assert.equal(await applyRoles(connect, wanted([JANE, ANN, ANN_ADMIN])), 0);
  });

  it("a database that was not granted stays shut", async () => {
    assert.equal(
      await test.verdict("Jane.Doe@example.com", token("Jane.Doe@example.com"), "billing"),
      '42501 permission denied for database "billing"',
    );
    assert.equal(await test.verdict("ann", token("ann"), "billing"), "accepted");
  });

  it("privileges taken away by hand are found and given again", async () => {
    await test.asSuperuser([
      "REVOKE sallyport_app_readwrite FROM ann GRANTED BY sallyport_provisioner",
      "ALTER ROLE ann CREATEDB",
    ]);
    const roles = wanted([JANE, ANN, ANN_ADMIN]);
    assert.deepEqual(await verifyRoles(connect, roles), [
      'missing GRANT "sallyport_app_readwrite" TO "ann" WITH INHERIT TRUE, SET TRUE',
      '"ann" has CREATEDB',
    ]);
    await test.asSuperuser(["ALTER ROLE ann NOCREATEDB"]);
    assert.equal(await applyRoles(connect, roles), 1);
    assert.deepEqual(await verifyRoles(connect, roles), []);
  });

  it("a grant that ended is taken back, and who has none left is shut out with the open sessions", async () => {
    const after2030 = Date.parse("2031-01-01T00:00:00Z");
    const open = await test.login("Jane.Doe@example.com", token("Jane.Doe@example.com"), "app");
    const ended = new Promise<void>((resolve) => open.once("end", resolve));
    await applyRoles(connect, wanted([ANN, ANN_ADMIN], after2030));
    await ended;
    assert.equal(await test.verdict("ann", token("ann"), "billing"), '42501 permission denied for database "billing"');
    assert.equal(await test.verdict("ann", token("ann"), "app"), "accepted");
    assert.equal(
      await test.verdict("Jane.Doe@example.com", token("Jane.Doe@example.com"), "app"),
      '28P01 password authentication failed for user "Jane.Doe@example.com"',
    );
    assert.equal(await applyRoles(connect, wanted([ANN, ANN_ADMIN], after2030)), 0);
  });

  it("the same person may come back; another person under the old name is refused, and nothing changes", async () => {
    await applyRoles(connect, wanted([JANE, ANN, ANN_ADMIN]));
    assert.equal(await test.verdict("Jane.Doe@example.com", token("Jane.Doe@example.com"), "app"), "accepted");
    const recycled = { ...JANE, person: { ...JANE.person, userId: "u-9" } };
    await assert.rejects(applyRoles(connect, wanted([recycled, ANN])), {
      code: "DB_ROLE_TAKEN",
      message:
        'The database has roles of these names already: "Jane.Doe@example.com" belongs to another (sallyport: person u-1, wanted sallyport: person u-9).',
    });
    assert.deepEqual(await verifyRoles(connect, wanted([JANE, ANN, ANN_ADMIN])), []);
  });

  it("the canary logs in once at a time and reaches no database of the environment", async () => {
    const canary = await test.login(CANARY, token(CANARY));
    assert.equal(await test.verdict(CANARY, token(CANARY)), '53300 too many connections for role "sallyport_canary"');
    await canary.end();
    assert.equal(await test.verdict(CANARY, token(CANARY), "app"), '42501 permission denied for database "app"');
  });

  it("a name that PostgreSQL could misread is quoted everywhere", async () => {
    const hostile = {
      loginName: `x";DROP ROLE ann;--'`,
      person: { userName: "x", userId: "u-3" },
      grants: [grant("app", "readonly")],
    };
    await applyRoles(connect, wanted([JANE, ANN, ANN_ADMIN, hostile]));
    assert.equal(await test.verdict(hostile.loginName, token(hostile.loginName), "app"), "accepted");
    await applyRoles(connect, wanted([JANE, ANN, ANN_ADMIN]));
    assert.deepEqual(await verifyRoles(connect, wanted([JANE, ANN, ANN_ADMIN])), []);
  });

  it("a failing bootstrap leaves nothing half done and names the database's error", async () => {
    await test.asSuperuser(["CREATE ROLE stranger NOLOGIN", "CREATE DATABASE foreign_one OWNER stranger"]);
    const wish = { master: MASTER.username, databases: { foreign_one: { owner: "fresh_owner" } } };
    await assert.rejects(ensureProvisioner(logins, wish), {
      code: "BOOTSTRAP_FAILED",
      message: "The master could not set up sallyport_provisioner: must be owner of database foreign_one.",
    });
    const client = await connect("postgres");
    assert.equal(
      (await readCatalog(client)).roles.some(({ name }) => name === "fresh_owner"),
      false,
    );
    await client.end();
  });
});

describe("an older server", () => {
  it("is refused before anything is run", async () => {
    const asked: string[] = [];
    const old = {
      query: async (text: string) => (asked.push(text), { rows: [{ version: 150_018 }] }),
      end: async () => undefined,
    };
    await assert.rejects(runBootstrap(old, WISH), {
      code: "BOOTSTRAP_FAILED",
      message: "PostgreSQL 150018 is too old: memberships need version 16 or newer.",
    });
    assert.equal(asked.length, 1);
  });
});
