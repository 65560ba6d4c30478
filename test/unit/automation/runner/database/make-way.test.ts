import assert from "node:assert/strict";
import { CANARY, PROVISIONER } from "../../../../../infra/contract/names";
import { wantedRoles, type WantedRoles } from "../../../../../infra/contract/wanted-roles";
import { ensureProvisioner } from "../../../../../automation/runner/database/bootstrap";
import { makeWay } from "../../../../../automation/runner/database/make-way";
import { dropRoles } from "../../../../../automation/runner/database/untracked-roles";
import { verifyRoles } from "../../../../../automation/runner/database/verify";
import { convergeByHand } from "../../../../support/plan-by-hand";
import { MASTER, startTestCluster, token, type TestCluster } from "../../../../support/test-cluster";

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

describe("the inside of a cluster, brought to the matrix on a real PostgreSQL", () => {
  let test: TestCluster;
  const connect = (database: string) => test.login(PROVISIONER, token(PROVISIONER), database);
  const converge = (roles: WantedRoles) => convergeByHand(connect, roles);
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
    await ensureProvisioner(
      {
        provisioner: () => test.login(PROVISIONER, token(PROVISIONER)),
        masterByToken: () => test.login(MASTER.username, token(MASTER.username)),
        masterByPassword: () => test.login(MASTER.username, MASTER.password),
      },
      { master: MASTER.username, databases: DATABASES },
    );
  });

  after(() => test.close());

  it("verify names all that is missing before, and finds nothing after", async () => {
    const roles = wanted([JANE, ANN, ANN_ADMIN]);
    const before = await verifyRoles(connect, roles);
    assert.ok(before.includes('"ann" does not exist'), before.join("\n"));
    assert.ok(before.includes("app.sales does not exist"), before.join("\n"));
    await converge(roles);
    assert.deepEqual(await verifyRoles(connect, roles), []);
    assert.equal(await makeWay(connect, roles, () => undefined), 0);
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
    assert.deepEqual(await verifyRoles(connect, wanted([JANE, ANN, ANN_ADMIN])), []);
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
      '"ann" has CREATEDB',
      '"ann" is no full member of "sallyport_app_readwrite"',
    ]);
    await test.asSuperuser(["ALTER ROLE ann NOCREATEDB"]);
    await converge(roles);
    assert.deepEqual(await verifyRoles(connect, roles), []);
  });

  it("who has no grant left is shut out with the open sessions", async () => {
    const after2030 = Date.parse("2031-01-01T00:00:00Z");
    const open = await test.login("Jane.Doe@example.com", token("Jane.Doe@example.com"), "app");
    const ended = new Promise<void>((resolve) => open.once("end", resolve));
    await converge(wanted([ANN, ANN_ADMIN], after2030));
    await ended;
    assert.equal(
      await test.verdict("Jane.Doe@example.com", token("Jane.Doe@example.com"), "app"),
      '28000 role "Jane.Doe@example.com" is not permitted to log in',
    );
    assert.equal(await test.verdict("ann", token("ann"), "app"), "accepted");
  });

  it("the same person may come back; another person under the old name is refused, and nothing changes", async () => {
    await converge(wanted([JANE, ANN, ANN_ADMIN]));
    assert.equal(await test.verdict("Jane.Doe@example.com", token("Jane.Doe@example.com"), "app"), "accepted");
    const recycled = { ...JANE, person: { ...JANE.person, userId: "u-9" } };
    await assert.rejects(converge(wanted([recycled, ANN])), {
      code: "DB_ROLE_TAKEN",
      message:
        'The database has roles of these names already: "Jane.Doe@example.com" belongs to another (sallyport: person u-1, wanted sallyport: person u-9). Nothing was changed.',
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
    await converge(wanted([JANE, ANN, ANN_ADMIN, hostile]));
    assert.equal(await test.verdict(hostile.loginName, token(hostile.loginName), "app"), "accepted");
    await converge(wanted([JANE, ANN, ANN_ADMIN]));
    assert.deepEqual(await verifyRoles(connect, wanted([JANE, ANN, ANN_ADMIN])), []);
  });

  it("what a leaving person owns goes to the owner role, so that the role can be dropped", async () => {
    await converge(wanted([JANE, ANN, ANN_ADMIN]));
    const admin = await test.login("ann--admin", token("ann--admin"), "app");
    await admin.query("CREATE TABLE sales.mine (id int)");
    await admin.end();
    await makeWay(connect, wanted([JANE, ANN]), () => undefined);
    assert.deepEqual(await read("ann", "SELECT tableowner FROM pg_tables WHERE tablename = 'mine'"), [
      { tableowner: "app_owner" },
    ]);
    await dropRoles(connect, wanted([JANE, ANN]), ["ann--admin"]);
    await converge(wanted([JANE, ANN]));
    assert.deepEqual(await verifyRoles(connect, wanted([JANE, ANN])), []);
  });

  it("a privilege role that the state forgot is dropped with its grants", async () => {
    const roles = wanted([JANE, ANN]);
    await dropRoles(connect, roles, ["sallyport_app_readonly"]);
    assert.ok((await verifyRoles(connect, roles)).includes('"sallyport_app_readonly" does not exist'));
    await converge(roles);
    assert.deepEqual(await verifyRoles(connect, roles), []);
  });

  it("many who would go at once are judged before anything changes", async () => {
    const seen: unknown[] = [];
    const refusal = new Error("too many");
    const judge = (gone: readonly string[], before: number): never => {
      seen.push([gone, before]);
      throw refusal;
    };
    await assert.rejects(makeWay(connect, wanted([]), judge), refusal);
    assert.deepEqual(seen, [[["Jane.Doe@example.com", "ann"], 2]]);
    assert.equal(await test.verdict("ann", token("ann"), "app"), "accepted");
  });

  it("a table that belongs to a stranger is named before anything changes", async () => {
    await test.asSuperuser(["CREATE ROLE stranger NOLOGIN"]);
    await test.asSuperuser(["CREATE TABLE sales.theirs (id int)", "ALTER TABLE sales.theirs OWNER TO stranger"], "app");
    await assert.rejects(
      makeWay(connect, wanted([JANE, ANN]), () => undefined),
      {
        code: "DB_FOREIGN_OWNER",
        message: 'Nobody here may grant on these: table app.sales.theirs belongs to "stranger". Nothing was changed.',
      },
    );
    await test.asSuperuser(["DROP TABLE sales.theirs"], "app");
  });

  it("a role that somebody made by hand under a person's name is refused", async () => {
    await test.asSuperuser(['CREATE ROLE "kim@example.com" LOGIN']);
    const kim = {
      loginName: "kim@example.com",
      person: { userName: "kim@example.com", userId: "u-4" },
      grants: [grant("app", "readonly")],
    };
    await assert.rejects(converge(wanted([JANE, ANN, kim])), {
      code: "DB_ROLE_TAKEN",
      message:
        'The database has roles of these names already: "kim@example.com" exists and was not made by sallyport. Nothing was changed.',
    });
  });
});
