import assert from "node:assert/strict";
import type { ObjectCatalog } from "../../../../../automation/runner/database/object-catalog";
import { asOwner, privilegesPlan } from "../../../../../automation/runner/database/privileges-plan";

const DATABASE = { name: "app", owner: "own", schemas: ["public"] };
const RW = { name: "rw", database: "app", preset: "readwrite" } as const;
const DONE: ObjectCatalog = {
  schemas: [{ name: "public", usage: ["rw"] }],
  objects: [
    { schema: "public", name: "t", kind: "table", grants: { rw: ["DELETE", "INSERT", "SELECT", "UPDATE"] } },
    { schema: "public", name: "s", kind: "sequence", grants: { rw: ["SELECT", "USAGE"] } },
  ],
  defaults: [
    { schema: "public", kind: "table", role: "rw", privileges: ["DELETE", "INSERT", "SELECT", "UPDATE"] },
    { schema: "public", kind: "sequence", role: "rw", privileges: ["SELECT", "USAGE"] },
  ],
};
const inner = (found: ObjectCatalog, database = DATABASE): string[] =>
  privilegesPlan(database, [RW], found).slice(2, -2);

describe("the plan of privileges", () => {
  it("for a finished database is nothing", () => assert.deepEqual(privilegesPlan(DATABASE, [RW], DONE), []));

  it("for another database's roles is nothing", () =>
    assert.deepEqual(
      privilegesPlan(DATABASE, [{ ...RW, database: "other" }], { ...DONE, objects: [], defaults: [] }),
      [],
    ));

  it("for an empty database is schema, USAGE and what new objects give, as the owner for one transaction", () => {
    assert.deepEqual(privilegesPlan(DATABASE, [RW], { schemas: [], objects: [], defaults: [] }), [
      'GRANT "own" TO CURRENT_USER WITH INHERIT FALSE, SET TRUE',
      'SET LOCAL ROLE "own"',
      'CREATE SCHEMA "public"',
      'GRANT USAGE ON SCHEMA "public" TO "rw"',
      'ALTER DEFAULT PRIVILEGES IN SCHEMA "public" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "rw"',
      'ALTER DEFAULT PRIVILEGES IN SCHEMA "public" GRANT SELECT, USAGE ON SEQUENCES TO "rw"',
      "RESET ROLE",
      'REVOKE "own" FROM CURRENT_USER GRANTED BY CURRENT_USER',
    ]);
  });

  it("names exactly the objects that lack something", () => {
    const objects = [
      ...DONE.objects,
      { schema: "public", name: 'odd"name', kind: "table" as const, grants: { rw: ["SELECT"] } },
      { schema: "public", name: "u", kind: "table" as const, grants: {} },
    ];
    assert.deepEqual(inner({ ...DONE, objects }), [
      'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "public"."odd""name", "public"."u" TO "rw"',
    ]);
  });

  it("adds only the default privileges that are missing", () => {
    const defaults = [
      { schema: "public", kind: "table" as const, role: "rw", privileges: ["SELECT", "INSERT"] },
      DONE.defaults[1]!,
    ];
    assert.deepEqual(inner({ ...DONE, defaults }), [
      'ALTER DEFAULT PRIVILEGES IN SCHEMA "public" GRANT UPDATE, DELETE ON TABLES TO "rw"',
    ]);
  });

  it("nothing to do as the owner stays nothing", () => assert.deepEqual(asOwner("own", []), []));
});
