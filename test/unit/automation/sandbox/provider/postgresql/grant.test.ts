import assert from "node:assert/strict";
import { MAJORS } from "../../../../../../automation/sandbox/postgres/binaries";
import { providerWorld, type ProviderWorld } from "./provider-world";

const ON = { role: "g", database: "app", schema: "public" };

for (const major of MAJORS)
  describe(`grants, on PostgreSQL ${major}`, () => {
    let world: ProviderWorld;
    const can = (what: string): Promise<unknown[]> => world.look(`SELECT has_${what}`);
    before(async () => {
      world = await providerWorld(major);
      await world.create("Role", { name: "g" });
      await world.look(
        "SET ROLE owner; CREATE SEQUENCE s2; CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      );
      await world.look("SET ROLE owner; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 2'");
      await world.look("REVOKE ALL ON FUNCTION f(int), f(text) FROM PUBLIC");
    });
    after(() => world.close());

    it("named objects: only what is listed is taken back, a column's grant stays", async () => {
      const inputs = { ...ON, objectType: "table", objects: ["t1", "t3"], privileges: ["SELECT", "INSERT"] };
      const grant = await world.create("Grant", inputs);
      assert.equal(grant.id, "g_app_public_table_t1_t3");
      await world.look("GRANT UPDATE (c) ON t3 TO g");
      const changed = await world.change(grant, { ...inputs, privileges: ["SELECT"] });
      assert.deepEqual(await can("table_privilege('g', 't1', 'INSERT')"), [false]);
      assert.deepEqual(await can("column_privilege('g', 't3', 'c', 'UPDATE')"), [true]);
      assert.deepEqual(world.preview((await world.refresh(changed))!), []);
      await world.destroy(changed);
      assert.deepEqual(await can("any_column_privilege('g', 't1', 'SELECT')"), [false]);
      await world.look("REVOKE ALL ON t3 FROM g");
    });

    it("columns: a lost one drops out of the list", async () => {
      const inputs = { ...ON, objectType: "column", objects: ["t3"], columns: ["i", "c"], privileges: ["SELECT"] };
      const grant = await world.create("Grant", inputs);
      assert.equal(grant.id, "g_app_public_column_t3_c_i");
      assert.deepEqual(world.preview((await world.refresh(grant))!), []);
      await world.look("REVOKE SELECT (c) ON t3 FROM g");
      const refreshed = await world.refresh(grant);
      assert.deepEqual(refreshed?.inputs["columns"], ["i"]);
      assert.deepEqual(world.preview(refreshed, inputs), ["columns"]);
      await world.destroy(grant);
      assert.deepEqual(await can("any_column_privilege('g', 't3', 'SELECT')"), [false]);
    });

    it("sequences and functions: all in the schema, and what comes later is drift", async () => {
      const sequences = { ...ON, objectType: "sequence", privileges: ["USAGE", "SELECT"] };
      const functions = { ...ON, objectType: "function", privileges: ["EXECUTE"] };
      const [first, second] = [await world.create("Grant", sequences), await world.create("Grant", functions)];
      assert.deepEqual(await can("sequence_privilege('g', 's2', 'USAGE')"), [true]);
      assert.deepEqual(await can("function_privilege('g', 'f(text)', 'EXECUTE')"), [true]);
      // Overloads are told apart by nothing but their arguments: one that lacks the grant hides behind the other.
      await world.look("REVOKE ALL ON FUNCTION f(text) FROM g");
      assert.deepEqual(world.preview((await world.refresh(second))!), []);
      await world.look(
        "SET ROLE owner; CREATE FUNCTION h() RETURNS int LANGUAGE sql AS 'SELECT 3'; CREATE SEQUENCE s3",
      );
      assert.deepEqual(world.preview((await world.refresh(first))!, sequences), ["privileges"]);
      // EXECUTE through PUBLIC does not count.
      assert.deepEqual(world.preview((await world.refresh(second))!, functions), ["privileges"]);
      await world.look("DROP FUNCTION h(); DROP SEQUENCE s3");
      await world.destroy(first);
      await world.destroy(second);
    });

    it("a foreign server is granted as its owner would", async () => {
      await world.look("CREATE FOREIGN DATA WRAPPER w; CREATE SERVER remote FOREIGN DATA WRAPPER w");
      await world.look("GRANT USAGE ON FOREIGN SERVER remote TO provisioner WITH GRANT OPTION");
      const inputs = {
        role: "g",
        database: "app",
        objectType: "foreign_server",
        objects: ["remote"],
        privileges: ["USAGE"],
      };
      const grant = await world.create("Grant", inputs);
      assert.equal(grant.id, "g_app_foreign_server_remote");
      assert.deepEqual(await can("server_privilege('g', 'remote', 'USAGE')"), [true]);
      assert.deepEqual(world.preview((await world.refresh(grant))!), []);
      await world.destroy(grant);
      assert.deepEqual(await can("server_privilege('g', 'remote', 'USAGE')"), [false]);
      await world.look("DROP FOREIGN DATA WRAPPER w CASCADE");
    });

    it("to everybody", async () => {
      const everybody = { ...ON, role: "public", objectType: "schema", privileges: ["CREATE", "USAGE"] };
      const grant = await world.create("Grant", everybody);
      assert.deepEqual(await can("schema_privilege('g', 'public', 'CREATE')"), [true]);
      assert.deepEqual(world.preview((await world.refresh(grant))!), []);
      await world.destroy(grant);
      assert.deepEqual(await can("schema_privilege('g', 'public', 'USAGE')"), [false]);
    });

    it("ALL is the provider's list: from PostgreSQL 17 on it never comes to rest on tables", async () => {
      const inputs = { ...ON, objectType: "table", privileges: ["ALL"] };
      const grant = await world.create("Grant", inputs);
      assert.deepEqual(world.preview((await world.refresh(grant))!, inputs), major >= 17 ? ["privileges"] : []);
      await world.destroy(grant);
    });

    it("a grant on an empty schema, and one with no privileges, never drift", async () => {
      await world.look("SET ROLE owner; CREATE SCHEMA empty");
      const grant = await world.create("Grant", {
        ...ON,
        schema: "empty",
        objectType: "table",
        privileges: ["SELECT"],
      });
      assert.deepEqual(world.preview((await world.refresh(grant))!), []);
      const none = await world.create("Grant", { ...ON, objectType: "table", privileges: [] });
      assert.deepEqual(world.preview((await world.refresh(none))!), []);
      await world.look("DROP SCHEMA empty");
      assert.equal(await world.refresh(grant), undefined);
      await assert.rejects(world.destroy(grant), { message: "could not find schema 'empty' while looking for owner" });
    });

    it("a grant in a database that is gone is gone; so is one of a role that is gone", async () => {
      const gone = { role: "g", database: "nowhere", objectType: "database", privileges: ["CONNECT"] };
      const held = { token: "postgresql:index/grant:Grant", id: "g_nowhere_database", inputs: gone, state: gone };
      assert.equal(await world.refresh(held), undefined);
      const state = { ...ON, role: "nobody", objectType: "schema", privileges: ["USAGE"] };
      assert.equal(await world.refresh({ ...held, inputs: state, state }), undefined);
    });
  });
