import assert from "node:assert/strict";
import { MAJORS } from "../../../../../../automation/sandbox/postgres/binaries";
import { postgresqlPackage } from "../../../../../../automation/sandbox/provider/postgresql/postgresql-package";
import { ME, providerWorld, type ProviderWorld } from "./provider-world";

const U = { name: "u", login: true, roles: ["rds_iam", "g"] };
const MEMBERS = `SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = 'u'::regrole ORDER BY 1`;
const ON_TABLES = { role: "g", database: "app", schema: "public", objectType: "table", privileges: ["SELECT"] };
const TO_COME = {
  role: "g",
  owner: "owner",
  database: "app",
  schema: "public",
  objectType: "table",
  privileges: ["SELECT"],
};
const held = (privilege: string, relation: string): string =>
  `SELECT has_table_privilege('g', '${relation}', '${privilege}')`;
const MY_OWNERS = `SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid WHERE m.member = '${ME}'::regrole AND m.set_option ORDER BY 1`;

/** The numbers are those of the table of observed behaviour of the real provider (bridge 3.18.1, upstream 1.26.0). */
for (const major of MAJORS)
  describe(`the stand-in of the postgresql provider, on PostgreSQL ${major}`, () => {
    let world: ProviderWorld;
    before(async () => {
      world = await providerWorld(major);
    });
    after(() => world.close());
    beforeEach(async () => {
      for (const role of ["g", "h"]) await world.create("Role", { name: role });
    });
    afterEach(async () => {
      await world.look(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM g, h; REVOKE ALL ON SCHEMA public FROM g, h;
      REVOKE ALL ON DATABASE app FROM g, h; DROP OWNED BY g, h`);
      for (const role of ["u", "g", "h", "x"]) await world.look(`DROP ROLE IF EXISTS ${role}`);
    });

    it("1: a login with roles", async () => {
      const u = await world.create("Role", U);
      assert.equal(u.id, "u");
      assert.deepEqual(await world.look(MEMBERS), ["g", "rds_iam"]);
      assert.deepEqual(
        await world.look(
          "SELECT concat_ws(' ', rolcanlogin, rolsuper, rolcreaterole, rolconnlimit) FROM pg_roles WHERE rolname = 'u'",
        ),
        ["t f f -1"],
      );
      assert.deepEqual(world.preview(u), []);
      assert.deepEqual(world.preview({ ...u, state: { ...u.state, roles: ["g", "rds_iam", "g"] } }), []);
    });

    it("2, 3: a change keeps the memberships of `roles`, and only those", async () => {
      let u = await world.create("Role", U);
      u = await world.change(u, { ...U, connectionLimit: 5 });
      assert.deepEqual(await world.look("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'u'"), [5]);
      assert.deepEqual(await world.look(MEMBERS), ["g", "rds_iam"]);
      await world.change(u, { ...U, roles: ["rds_iam", "h"] });
      assert.deepEqual(await world.look(MEMBERS), ["h", "rds_iam"]);
    });

    it("4: a change of a Role silently takes a GrantRole's membership away; only a refresh shows it", async () => {
      const u = await world.create("Role", { name: "u", login: true });
      const granted = await world.create("GrantRole", { role: "u", grantRole: "g" });
      assert.equal(granted.id, "u_g_false");
      await world.change(u, { name: "u", login: true, connectionLimit: 3 });
      assert.deepEqual(await world.look(MEMBERS), []);
      assert.deepEqual(world.preview(granted), []);
      assert.equal(await world.refresh(granted), undefined);
    });

    it("5, 6: a membership by hand is drift, and so is a dropped role", async () => {
      const u = await world.create("Role", U);
      await world.look(`GRANT h TO u GRANTED BY ${ME}`);
      const drifted = await world.refresh(u);
      assert.deepEqual(world.preview(drifted!, U), ["roles"]);
      await world.change(drifted!, U);
      assert.deepEqual(await world.look(MEMBERS), ["g", "rds_iam"]);
      await world.look("DROP ROLE u");
      assert.equal(await world.refresh(u), undefined);
    });

    it("7: an existing role is not taken over", () =>
      assert.rejects(world.create("Role", { name: "g" }), {
        message: 'error creating role g: pq: role "g" already exists',
      }));

    it("8: what a role owns in the provider's database goes to the connected role", async () => {
      const u = await world.create("Role", { name: "u", login: true });
      await world.look("CREATE TABLE mine (i int); ALTER TABLE mine OWNER TO u", "postgres");
      await world.destroy(u);
      assert.deepEqual(await world.look("SELECT tableowner FROM pg_tables WHERE tablename = 'mine'", "postgres"), [ME]);
      assert.deepEqual(await world.look("SELECT count(*)::int FROM pg_roles WHERE rolname = 'u'"), [0]);
      await world.look("DROP TABLE mine", "postgres");
    });

    it("9: what it owns in another database stops the deletion, and nothing has changed", async () => {
      const u = await world.create("Role", U);
      await world.look("CREATE TABLE theirs (i int); ALTER TABLE theirs OWNER TO u");
      await assert.rejects(world.destroy(u), {
        message: 'could not delete role u: pq: role "u" cannot be dropped because some objects depend on it',
      });
      assert.deepEqual(await world.look(MEMBERS), ["g", "rds_iam"]);
      await world.look("DROP TABLE theirs");
    });

    it("10: with skipDropRole and skipReassignOwned the role stays as it is", async () => {
      const u = await world.create("Role", { ...U, skipDropRole: true, skipReassignOwned: true });
      await world.destroy(u);
      assert.deepEqual(await world.look(MEMBERS), ["g", "rds_iam"]);
    });

    it("13, 19: replaced in the default order, a grant revokes what it has just granted; deleted first, it stands", async () => {
      for (const [order, expected] of [
        [undefined, []],
        ["deleteBeforeReplace", [true]],
      ] as const) {
        const u = await world.create("Role", { name: "u", login: true });
        const member = await world.create("GrantRole", { role: "u", grantRole: "g" });
        await world.change(member, { role: "u", grantRole: "g", withAdminOption: true }, order);
        assert.deepEqual(
          await world.look(
            "SELECT admin_option FROM pg_auth_members WHERE member = 'u'::regrole AND roleid = 'g'::regrole",
          ),
          expected,
        );
        const grant = await world.create("Grant", ON_TABLES);
        await world.change(grant, { ...ON_TABLES, withGrantOption: true }, order);
        assert.deepEqual(await world.look(held("SELECT WITH GRANT OPTION", "t1")), [expected.length === 1]);
        await world.look("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM g");
        await world.destroy(u);
      }
    });

    it("14, 30: all tables of two owners, views and partitions too; the connected role is in none of them afterwards", async () => {
      await world.create("Grant", ON_TABLES);
      for (const relation of ["t1", "t2", "t3", "v1", "m1", "parted"])
        assert.deepEqual(await world.look(held("SELECT", relation)), [true], relation);
      assert.deepEqual(
        await world.look(
          "SELECT DISTINCT a.grantor::regrole::text FROM pg_class c, aclexplode(c.relacl) a WHERE a.grantee = 'g'::regrole ORDER BY 1",
        ),
        ["owner", "owner2"],
      );
      assert.deepEqual(await world.look(MY_OWNERS), []);
      assert.deepEqual(
        await world.look(
          `SELECT count(*)::int FROM pg_auth_members WHERE member = '${ME}'::regrole AND admin_option AND roleid IN ('owner'::regrole, 'owner2'::regrole)`,
        ),
        [2],
      );
    });

    it("15, 16, 17: a new table and an extra privilege are drift, a view changed by hand is none", async () => {
      const grant = await world.create("Grant", ON_TABLES);
      await world.look("REVOKE SELECT ON v1 FROM g");
      assert.deepEqual(world.preview((await world.refresh(grant))!, ON_TABLES), []);
      await world.look("SET ROLE owner; CREATE TABLE t9 (i int)");
      const drifted = await world.refresh(grant);
      assert.deepEqual(world.preview(drifted!, ON_TABLES), ["privileges"]);
      const repaired = await world.change(drifted!, ON_TABLES);
      assert.deepEqual(await world.look(held("SELECT", "t9")), [true]);
      await world.look("GRANT INSERT ON t1 TO g");
      await world.change((await world.refresh(repaired))!, ON_TABLES);
      assert.deepEqual(await world.look(held("INSERT", "t1")), [false]);
      await world.look("DROP TABLE t9");
    });

    it("18: a column grant by hand is wiped by the next change", async () => {
      const grant = await world.create("Grant", ON_TABLES);
      await world.look("GRANT UPDATE (c) ON t3 TO g");
      await world.change(grant, { ...ON_TABLES, privileges: ["SELECT", "INSERT"] });
      assert.deepEqual(await world.look("SELECT has_column_privilege('g', 't3', 'c', 'UPDATE')"), [false]);
      assert.deepEqual(await world.look(held("INSERT", "t3")), [true]);
    });

    it("20: a deleted grant leaves others alone", async () => {
      const grant = await world.create("Grant", ON_TABLES);
      await world.create("Grant", { ...ON_TABLES, role: "h" });
      await world.destroy(grant);
      assert.deepEqual(await world.look(held("SELECT", "t1")), [false]);
      assert.deepEqual(await world.look("SELECT has_table_privilege('h', 't1', 'SELECT')"), [true]);
    });

    it("21, 22: CONNECT needs the grant option; what PostgreSQL ignores is reported as done, and only a refresh tells", async () => {
      const connect = { role: "g", database: "app", objectType: "database", privileges: ["CONNECT"] };
      const acl =
        "SELECT a.grantor::regrole::text FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = 'app' AND a.grantee = 'g'::regrole";
      const grant = await world.create("Grant", connect);
      assert.equal(grant.id, "g_app_database");
      assert.deepEqual(await world.look(acl), [ME]);
      await world.destroy(grant);
      const ignored = await world.create("Grant", { ...connect, privileges: ["CREATE"] });
      assert.deepEqual(await world.look(acl), []);
      assert.deepEqual(ignored.state["privileges"], ["CREATE"]);
      assert.deepEqual(world.preview(ignored), []);
      assert.deepEqual((await world.refresh(ignored))?.inputs["privileges"], []);
    });

    it("23, 24: a missing object and a lower-case word fail when applied, and nothing has changed", async () => {
      await assert.rejects(world.create("Grant", { ...ON_TABLES, objects: ["t1", "missing"] }), {
        message: 'could not execute revoke query: pq: relation "public.missing" does not exist',
      });
      await assert.rejects(world.create("Grant", { ...ON_TABLES, privileges: ["select"] }), {
        message: "select is not an allowed privilege for object type table",
      });
      assert.deepEqual(await world.look(held("SELECT", "t1")), [false]);
    });

    it("25, 26: default privileges bind tables to come, and stay with those that came", async () => {
      const toCome = await world.create("DefaultPrivileges", TO_COME);
      assert.equal(toCome.id, "g_app_public_owner_table");
      await world.look("SET ROLE owner; CREATE TABLE tomorrow (i int)");
      assert.deepEqual(await world.look(held("SELECT", "tomorrow")), [true]);
      assert.deepEqual(await world.look(MY_OWNERS), []);
      assert.deepEqual(world.preview((await world.refresh(toCome))!, TO_COME), []);
      await world.destroy(toCome);
      assert.deepEqual(await world.look("SELECT count(*)::int FROM pg_default_acl"), [0]);
      assert.deepEqual(await world.look(held("SELECT", "tomorrow")), [true]);
      assert.equal(await world.refresh(toCome), undefined);
      await world.look("DROP TABLE tomorrow");
    });

    it("29: without ADMIN on an owner the grant is refused, and nothing has changed", async () => {
      await world.look(`REVOKE ADMIN OPTION FOR owner2 FROM ${ME}`);
      try {
        await assert.rejects(
          world.create("Grant", ON_TABLES),
          new RegExp(`^Error: error granting role owner2 to ${ME}: pq: permission denied to grant role "owner2"$`),
        );
        assert.deepEqual(await world.look(held("SELECT", "t1")), [false]);
      } finally {
        await world.look(`GRANT owner2 TO ${ME} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`);
      }
    });

    it("33: many at once leave no error behind, and no connection", async () => {
      const names = Array.from({ length: 12 }, (_, at) => `bulk ${at}`);
      const roles = await Promise.all(names.map((name) => world.create("Role", { name })));
      const grants = await Promise.all(names.map((role) => world.create("Grant", { ...ON_TABLES, role })));
      assert.deepEqual(
        await world.look(
          "SELECT count(DISTINCT grantee)::int FROM pg_class c, aclexplode(c.relacl) a WHERE c.relname = 't2' AND a.grantee::regrole::text LIKE '%bulk%'",
        ),
        [12],
      );
      await Promise.all(grants.map((grant) => world.destroy(grant)));
      await Promise.all(roles.map((role) => world.destroy(role)));
      assert.deepEqual(await world.look(`SELECT count(*)::int FROM pg_stat_activity WHERE usename = '${ME}'`), [0]);
    });

    it("36: after destroying everything there is no role, no acl entry and no default", async () => {
      const all = [
        await world.create("Role", U),
        await world.create("Grant", ON_TABLES),
        await world.create("DefaultPrivileges", TO_COME),
      ];
      for (const each of all.reverse()) await world.destroy(each);
      assert.deepEqual(
        await world.look(
          "SELECT (SELECT count(*) FROM pg_default_acl) + (SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a WHERE a.grantee = 'g'::regrole) + (SELECT count(*) FROM pg_roles WHERE rolname = 'u')",
        ),
        ["0"],
      );
    });

    it("names with quotes, spaces, @ and 63 bytes are names", async () => {
      for (const name of [`a"b'c d@e`, "ü".repeat(31), "x".repeat(63)]) {
        const role = await world.create("Role", { name, login: true, roles: ["g"] });
        assert.deepEqual(world.preview((await world.refresh(role))!, { name, login: true, roles: ["g"] }), []);
        await world.destroy(role);
      }
    });
  });

describe("the stand-in before any connection", () => {
  it("34: checks, compares and previews with nothing that answers", async () => {
    const instance = postgresqlPackage({ PGHOST: "127.0.0.1", PGPORT: "1" }).configure({ sslmode: "disable" }, () =>
      Promise.resolve(),
    );
    const token = "postgresql:index/role:Role";
    const naming = { logicalName: "thing", seed: Buffer.alloc(4), mode: "provider", proposed: "" } as const;
    const { inputs, failures } = instance.check(token, { login: true }, {}, naming);
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs["__defaults"], ["connectionLimit", "encryptedPassword", "inherit", "name", "validUntil"]);
    assert.match(inputs["name"] as string, /^thing-[0-9a-f]{7}$/);
    assert.equal(instance.previewCreate(token, inputs)["login"], true);
    await assert.rejects(instance.create(token, inputs), {
      message:
        "error connecting to PostgreSQL server 127.0.0.1 (scheme: postgres): dial tcp 127.0.0.1:1: connect: connection refused",
    });
  });

  it("34: a preview goes on while an argument is not known yet; a connection does not", async () => {
    const pack = postgresqlPackage({});
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.ok(pack.takesUnknownArguments);
    const instance = pack.configure({ sslmode: unknown, host: unknown, port: unknown }, () => Promise.resolve());
    assert.deepEqual(instance.previewCreate("postgresql:index/schema:Schema", { name: "s" }), {
      database: unknown,
      owner: unknown,
      name: "s",
    });
    await assert.rejects(instance.create("postgresql:index/role:Role", { name: "u" }), {
      message: "the provider's sslmode, host, port is not known yet",
    });
  });

  it("35: a moved port is used at the next refresh, and no state has an address or a password", async () => {
    const at = (port: string) =>
      postgresqlPackage({ PGHOST: "127.0.0.1", PGPORT: port, PGPASSWORD: "secret" }).configure(
        { sslmode: "disable", superuser: "false" },
        () => Promise.resolve(),
      );
    const [token, state] = ["postgresql:index/role:Role", { name: "u" }];
    assert.deepEqual(at("1").previewCreate(token, state), state);
    for (const port of ["1", "2"])
      await assert.rejects(at(port).read(token, "u", state, state), {
        message: `error connecting to PostgreSQL server 127.0.0.1 (scheme: postgres): dial tcp 127.0.0.1:${port}: connect: connection refused`,
      });
  });

  it("refuses what the provider refuses, by name", () => {
    const instance = postgresqlPackage({}).configure({ sslmode: "disable" }, () => Promise.resolve());
    const naming = { logicalName: "thing", seed: Buffer.alloc(4), mode: "provider", proposed: "" } as const;
    const problems = (token: string, inputs: Record<string, string | number | string[]>): string[] =>
      instance.check(token, inputs, {}, naming).failures.map(({ property, reason }) => `${property}: ${reason}`);
    assert.deepEqual(
      problems("postgresql:index/grant:Grant", { role: "g", database: "app", objectType: "tables", privileges: [] }),
      [
        "objectType: expected object_type to be one of [database schema table sequence function procedure routine foreign_data_wrapper foreign_server column], got tables",
      ],
    );
    assert.deepEqual(problems("postgresql:index/role:Role", { connectionLimit: -2 }), [
      "connectionLimit: expected connectionLimit to be at least (-1), got -2",
    ]);
    assert.deepEqual(problems("postgresql:index/role:Role", { passwordWo: "a", password: "b" }), [
      'passwordWo: "passwordWo": conflicts with password',
      'passwordWo: "passwordWo": all of `passwordWo,passwordWoVersion` must be specified',
    ]);
    assert.match(
      problems("postgresql:index/grantRole:GrantRole", { role: "u" }).join(),
      /^grantRole: Missing required argument/,
    );
    assert.deepEqual(postgresqlPackage({}).checkConfig({ awsRdsIamAuth: "true" }), [
      { property: "awsRdsIamAuth", reason: "the sandbox does not simulate the argument awsRdsIamAuth" },
    ]);
    assert.deepEqual(instance.secretOutputs("postgresql:index/role:Role"), ["password", "passwordWo"]);
  });
});
