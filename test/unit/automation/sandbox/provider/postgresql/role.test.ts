import assert from "node:assert/strict";
import { Client } from "pg";
import { MAJORS } from "../../../../../../automation/sandbox/postgres/binaries";
import { ME, PASSWORD, providerWorld, type ProviderWorld } from "./provider-world";

const HAVE = (role: string): string => `SELECT count(*)::int FROM pg_roles WHERE rolname = '${role}'`;

for (const major of MAJORS)
  describe(`roles, on PostgreSQL ${major}`, () => {
    let world: ProviderWorld;
    const login = async (user: string, database = "app"): Promise<Client> => {
      const client = new Client({
        host: "127.0.0.1",
        port: Number(world.environment["PGPORT"]),
        user,
        password: PASSWORD,
        database,
        ssl: false,
      });
      client.on("error", () => undefined);
      await client.connect();
      return client;
    };
    before(async () => {
      world = await providerWorld(major);
    });
    after(() => world.close());

    it("11: an open session outlives its role, under no name", async () => {
      const role = await world.create("Role", { name: "u", login: true, password: PASSWORD });
      const session = await login("u");
      await world.destroy(role);
      assert.deepEqual(await world.look(HAVE("u")), [0]);
      const { rows } = await session.query<{ user: string | null }>(
        "SELECT usename AS user FROM pg_stat_activity WHERE pid = pg_backend_pid()",
      );
      assert.deepEqual(rows, [{ user: null }]);
      await session.end();
    });

    it("12: an end date in other words than PostgreSQL's is a difference for ever; in PostgreSQL's it is none", async () => {
      const inputs = { name: "u", validUntil: "2027-01-01T00:00:00Z" };
      const role = await world.create("Role", inputs);
      assert.deepEqual(await world.look("SELECT rolvaliduntil::text FROM pg_roles WHERE rolname = 'u'"), [
        "2027-01-01 00:00:00+00",
      ]);
      assert.deepEqual(world.preview((await world.refresh(role))!, inputs), ["validUntil"]);
      const stable = { name: "u", validUntil: "2027-01-01 00:00:00+00" };
      const changed = await world.change((await world.refresh(role))!, stable);
      assert.deepEqual(world.preview((await world.refresh(changed))!, stable), []);
      await world.destroy(role);
    });

    it("32: a renamed role keeps its memberships; what depends on the old name cannot be deleted any more", async () => {
      const inputs = { name: "u", login: true, roles: ["rds_iam"] };
      const role = await world.create("Role", inputs);
      const grant = await world.create("Grant", {
        role: "u",
        database: "app",
        schema: "public",
        objectType: "schema",
        privileges: ["USAGE"],
      });
      const renamed = await world.change(role, { ...inputs, name: "v" });
      assert.equal(renamed.id, "v");
      assert.deepEqual(
        await world.look("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'v'::regrole"),
        ["rds_iam"],
      );
      await assert.rejects(world.destroy(grant), {
        message: 'could not execute revoke query: pq: role "u" does not exist',
      });
      assert.equal(await world.refresh(grant), undefined);
      await world.look("DROP OWNED BY v");
      await world.destroy(renamed);
    });

    it("32: with the grant deleted first and the role made anew, all of it is there under the new name", async () => {
      const on = { database: "app", schema: "public", objectType: "schema", privileges: ["USAGE"] };
      const grant = await world.create("Grant", { ...on, role: (await world.create("Role", { name: "u" })).id });
      await world.destroy(grant);
      await world.destroy({ ...grant, token: "postgresql:index/role:Role", id: "u", state: { name: "u" } });
      const role = await world.create("Role", { name: "v", roles: ["rds_iam"] });
      const again = await world.create("Grant", { ...on, role: "v" });
      assert.deepEqual(await world.look("SELECT has_schema_privilege('v', 'public', 'USAGE')"), [true]);
      assert.deepEqual(await world.look(HAVE("u")), [0]);
      await world.destroy(again);
      await world.destroy(role);
    });

    it("imports a role as it is", async () => {
      await world.look(
        'CREATE ROLE found LOGIN CONNECTION LIMIT 7; ALTER ROLE found SET search_path TO a, "B"; ALTER ROLE found SET statement_timeout TO 9',
      );
      const found = await world.instance.read("postgresql:index/role:Role", "found", {}, {});
      assert.deepEqual(found?.inputs, {
        name: "found",
        login: true,
        inherit: true,
        connectionLimit: 7,
        validUntil: "infinity",
        searchPaths: ["a", "B"],
        statementTimeout: 9,
        encryptedPassword: true,
        __defaults: [],
      });
      assert.equal(found?.outputs["assumeRole"], "");
      assert.equal(await world.instance.read("postgresql:index/role:Role", "nobody", {}, {}), undefined);
      await world.look("DROP ROLE found");
    });

    it("a grant cannot be imported", async () => {
      for (const type of ["grant:Grant", "grantRole:GrantRole", "defaultPrivileges:DefaultPrivileges"])
        assert.equal(await world.instance.read(`postgresql:index/${type}`, "u_g_false", {}, {}), undefined);
    });

    it("memberships that nobody asked for come into the state with a refresh, and go with the next change", async () => {
      const inputs = { name: "u", login: true };
      const role = await world.create("Role", inputs);
      await world.look(`GRANT rds_iam TO u GRANTED BY ${ME}`);
      const refreshed = await world.refresh(role);
      assert.deepEqual(refreshed?.inputs["roles"], ["rds_iam"]);
      assert.deepEqual(world.preview(refreshed, inputs), ["roles"]);
      await world.change(refreshed, inputs);
      assert.deepEqual(await world.look("SELECT count(*)::int FROM pg_auth_members WHERE member = 'u'::regrole"), [0]);
      await world.destroy(role);
    });

    it("a write-only password works and is in no state", async () => {
      const role = await world.create("Role", { name: "u", login: true, passwordWo: PASSWORD, passwordWoVersion: "1" });
      await (await login("u")).end();
      assert.ok(!JSON.stringify(role.state).includes(PASSWORD));
      assert.deepEqual(world.preview((await world.refresh(role))!), []);
      await world.destroy(role);
    });

    it("an argument that lets the connected role pass for a superuser fails with passwords, and only with them", async () => {
      const other = world.as(ME, { superuser: "true" });
      const plain = await other.create("Role", { name: "u", login: true });
      assert.deepEqual(plain.reasons, []);
      await other.destroy(plain);
      const role = await other.create("Role", { name: "u", login: true, password: PASSWORD });
      const message = `could not read role password from Postgres as connected user ${ME} is not a SUPERUSER. You can set \`superuser = false\` in the provider configuration so it will not try to read the password from Postgres`;
      assert.deepEqual(role.reasons, [message]);
      await assert.rejects(other.refresh(role), { message });
      await other.destroy(role);
    });

    it("a superuser sees that a password is gone", async () => {
      await world.look(`CREATE ROLE root LOGIN SUPERUSER PASSWORD '${PASSWORD}'`);
      const root = world.as("root", { superuser: "true" });
      const role = await root.create("Role", { name: "u", login: true, password: PASSWORD });
      assert.deepEqual(root.preview((await root.refresh(role))!), []);
      await world.look("ALTER ROLE u PASSWORD NULL");
      assert.deepEqual(root.preview((await root.refresh(role))!, { name: "u", login: true, password: PASSWORD }), [
        "password",
      ]);
      await root.destroy(role);
      await world.look("DROP ROLE root");
    });

    it("a role that is gone cannot be deleted", async () => {
      const role = await world.create("Role", { name: "u" });
      await world.look("DROP ROLE u");
      await assert.rejects(world.destroy(role), {
        message: `error granting role u to ${ME}: pq: role "u" does not exist`,
      });
    });

    it("31: the creator of an IAM login has lost its own password login", async () => {
      await world.look(`CREATE ROLE creator LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
      await world.look("GRANT rds_iam TO creator WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
      await world.refuseIamPasswords();
      // ADMIN-only on rds_iam itself is enough.
      await assert.rejects(world.as("creator").create("Role", { name: "u" }), /pg_hba\.conf rejects connection/);
      await world.look("REVOKE rds_iam FROM creator; GRANT CREATE ON SCHEMA public TO creator");
      const role = await world.as("creator").create("Role", { name: "u", login: true });
      await world.look("GRANT rds_iam TO u");
      await assert.rejects(
        world.as("creator").refresh(role),
        /^Error: error connecting to PostgreSQL server 127\.0\.0\.1 \(scheme: postgres\): pq: pg_hba\.conf rejects connection for host "127\.0\.0\.1", user "creator", database "postgres", no encryption$/,
      );
    });
  });
