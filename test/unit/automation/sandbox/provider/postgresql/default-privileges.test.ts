import assert from "node:assert/strict";
import { MAJORS } from "../../../../../../automation/sandbox/postgres/binaries";
import { PASSWORD, providerWorld, type ProviderWorld } from "./provider-world";

const TO_COME = {
  role: "g",
  owner: "owner",
  database: "app",
  schema: "public",
  objectType: "table",
  privileges: ["SELECT"],
};
const ENTRIES = "SELECT d.defaclacl::text FROM pg_default_acl d ORDER BY 1";

for (const major of MAJORS)
  describe(`default privileges, on PostgreSQL ${major}`, () => {
    let world: ProviderWorld;
    before(async () => {
      world = await providerWorld(major);
      await world.create("Role", { name: "g" });
    });
    after(() => world.close());

    it("more than was asked for is drift, and goes with the next change", async () => {
      const held = await world.create("DefaultPrivileges", TO_COME);
      await world.look("ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT INSERT ON TABLES TO g");
      const refreshed = await world.refresh(held);
      assert.deepEqual(refreshed?.inputs["privileges"], ["INSERT", "SELECT"]);
      await world.change(refreshed, TO_COME);
      assert.deepEqual(await world.look(ENTRIES), ["{g=r/owner}"]);
      await world.destroy(held);
      assert.deepEqual(await world.look(ENTRIES), []);
    });

    it("19: replaced in the default order they are gone; deleted first, they stand", async () => {
      for (const [order, entries] of [
        [undefined, []],
        ["deleteBeforeReplace", ["{g=r*/owner}"]],
      ] as const) {
        const held = await world.create("DefaultPrivileges", TO_COME);
        await world.change(held, { ...TO_COME, withGrantOption: true }, order);
        assert.deepEqual(await world.look(ENTRIES), entries);
        await world.look("ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public REVOKE ALL ON TABLES FROM g");
      }
    });

    it("for everybody and nothing: no EXECUTE on functions to come; taking it away does not bring that back", async () => {
      const inputs = { role: "public", owner: "owner", database: "app", objectType: "function", privileges: [] };
      const held = await world.create("DefaultPrivileges", inputs);
      assert.equal(held.id, "public_app_noschema_owner_function");
      assert.deepEqual(await world.look(ENTRIES), ["{owner=X/owner}"]);
      assert.deepEqual(world.preview((await world.refresh(held))!), []);
      await world.destroy(held);
      assert.deepEqual(await world.look(ENTRIES), ["{owner=X/owner}"]);
      await world.look("ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC");
    });

    it("refuses what the provider refuses", async () => {
      const refused: [object, string][] = [
        [{ owner: "nobody" }, "could not check if role nobody is superuser: sql: no rows in result set"],
        [{ privileges: ["select"] }, "select is not an allowed privilege for object type table"],
        [{ objectType: "schema", privileges: ["USAGE"] }, "cannot specify `schema` when `object_type` is `schema`"],
        [{ role: "public", withGrantOption: true }, "with_grant_option cannot be true for role 'public'"],
        [{ role: "nobody" }, 'could not revoke default privileges: pq: role "nobody" does not exist'],
        [
          { objectType: "column" },
          "objectType: expected object_type to be one of [table sequence function routine type schema], got column",
        ],
      ];
      for (const [inputs, message] of refused)
        await assert.rejects(world.create("DefaultPrivileges", { ...TO_COME, ...inputs }), { message });
      assert.deepEqual(await world.look(ENTRIES), []);
    });

    it("27: with ADMIN on an owner in rds_iam a password login is refused from the start; without, it is not", async () => {
      await world.look(`CREATE ROLE keeper LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
      await world.look("GRANT owner TO keeper WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
      await world.refuseIamPasswords();
      const keeper = world.as("keeper");
      const held = await keeper.create("DefaultPrivileges", TO_COME);
      assert.deepEqual(held.reasons, []);
      await keeper.destroy(held);
      await world.look("GRANT rds_iam TO owner");
      await assert.rejects(keeper.create("DefaultPrivileges", TO_COME), /pq: pg_hba\.conf rejects connection/);
      assert.deepEqual(await world.look(ENTRIES), []);
    });
  });
