import assert from "node:assert/strict";
import { MAJORS } from "../../../../../../automation/sandbox/postgres/binaries";
import { ME, providerWorld, type ProviderWorld } from "./provider-world";

const OWNER = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 's'";

for (const major of MAJORS)
  describe(`schemas, on PostgreSQL ${major}`, () => {
    let world: ProviderWorld;
    before(async () => {
      world = await providerWorld(major);
    });
    after(() => world.close());
    afterEach(() => world.look("DROP SCHEMA IF EXISTS s CASCADE"));

    it("is made for its owner, read back, and dropped", async () => {
      const schema = await world.create("Schema", { name: "s", database: "app", owner: "owner2" });
      assert.equal(schema.id, "app.s");
      assert.deepEqual(schema.inputs["__defaults"], ["ifNotExists"]);
      assert.equal(schema.state["owner"], "owner2");
      assert.equal(schema.state["dropCascade"], false);
      assert.deepEqual(await world.look(OWNER), ["owner2"]);
      assert.deepEqual(world.preview((await world.refresh(schema))!), []);
      await world.destroy(schema);
      assert.deepEqual(await world.look(OWNER), []);
      assert.equal(await world.refresh(schema), undefined);
      await world.destroy(schema);
    });

    it("without an owner it is the connected role's; an existing one is taken over, with its owner changed", async () => {
      const schema = await world.create("Schema", { name: "s", database: "app" });
      assert.equal(schema.state["owner"], ME);
      assert.deepEqual(world.preview((await world.refresh(schema))!), []);
      await world.create("Schema", { name: "s", database: "app", owner: "owner" });
      assert.deepEqual(await world.look(OWNER), ["owner"]);
    });

    it("what is in it stops the deletion, unless it may go too", async () => {
      const schema = await world.create("Schema", { name: "s", database: "app", owner: "owner" });
      await world.look("SET ROLE owner; CREATE TABLE s.t (i int)");
      await assert.rejects(world.destroy(schema), {
        message: "error deleting schema: pq: cannot drop schema s because other objects depend on it",
      });
      const cascade = await world.change(schema, { name: "s", database: "app", owner: "owner", dropCascade: true });
      await world.destroy(cascade);
      assert.deepEqual(await world.look(OWNER), []);
    });

    it("an owner is not changed with a membership for the time being", async () => {
      const schema = await world.create("Schema", { name: "s", database: "app", owner: "owner" });
      await assert.rejects(world.change(schema, { name: "s", database: "app", owner: "owner2" }), {
        message: "error updating schema OWNER: pq: must be owner of schema s",
      });
    });

    it("is imported by database and name", async () => {
      await world.look("SET ROLE owner; CREATE SCHEMA s");
      const found = await world.instance.read("postgresql:index/schema:Schema", "app.s", {}, {});
      assert.deepEqual(found?.inputs, { name: "s", database: "app", owner: "owner", __defaults: [] });
      await assert.rejects(world.instance.read("postgresql:index/schema:Schema", "s", {}, {}), {
        message: "schema ID s has not the expected format 'database.schema'",
      });
    });
  });
