import assert from "node:assert/strict";
import fc from "fast-check";
import { grantPlan } from "../../../../infra/sql/grant-plan";

const APP = { name: "app", owner: "app_owner", schemas: ["public", "sales"] };
const RW = { name: "rw", database: "app", preset: "readwrite" as const };

describe("the plan of grants", () => {
  it("is CONNECT once, and USAGE, tables and sequences in each schema", () => {
    const { grants, defaults } = grantPlan({ databases: [{ ...APP, schemas: ["public"] }], privilegeRoles: [RW] });
    assert.deepEqual(grants, [
      { key: "rw app", role: "rw", database: "app", objectType: "database", privileges: ["CONNECT"] },
      {
        key: "rw app.public schema",
        role: "rw",
        database: "app",
        schema: "public",
        objectType: "schema",
        privileges: ["USAGE"],
      },
      {
        key: "rw app.public table",
        role: "rw",
        database: "app",
        schema: "public",
        objectType: "table",
        privileges: ["SELECT", "INSERT", "UPDATE", "DELETE"],
      },
      {
        key: "rw app.public sequence",
        role: "rw",
        database: "app",
        schema: "public",
        objectType: "sequence",
        privileges: ["SELECT", "USAGE"],
      },
    ]);
    assert.deepEqual(
      defaults.map(({ key, owner, privileges }) => [key, owner, privileges]),
      [
        ["rw app.public table to come", "app_owner", ["SELECT", "INSERT", "UPDATE", "DELETE"]],
        ["rw app.public sequence to come", "app_owner", ["SELECT", "USAGE"]],
      ],
    );
  });

  it("a role of a database that is not there gets nothing", () =>
    assert.deepEqual(grantPlan({ databases: [APP], privilegeRoles: [{ ...RW, database: "other" }] }), {
      grants: [],
      defaults: [],
    }));

  it("names every resource once and never says ALL", () => {
    const name = fc.string({ minLength: 1, maxLength: 8 });
    const databases = fc.uniqueArray(
      fc.record({ name, owner: name, schemas: fc.uniqueArray(name, { maxLength: 3 }) }),
      {
        selector: (each) => each.name,
        maxLength: 3,
      },
    );
    const roles = fc.uniqueArray(
      fc.record({ name, database: name, preset: fc.constantFrom("readonly" as const, "readwrite" as const) }),
      { selector: (each) => each.name, maxLength: 4 },
    );
    fc.assert(
      fc.property(databases, roles, (some, privilegeRoles) => {
        const plan = grantPlan({ databases: some, privilegeRoles });
        const all = [...plan.grants, ...plan.defaults];
        assert.ok(all.every(({ privileges }) => privileges.length > 0 && !privileges.includes("ALL")));
      }),
    );
  });
});
