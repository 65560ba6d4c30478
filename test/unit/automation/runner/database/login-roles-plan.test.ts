import assert from "node:assert/strict";
import type { Catalog } from "../../../../../automation/runner/database/catalog";
import { loginRolesPlan } from "../../../../../automation/runner/database/login-roles-plan";
import type { WantedRoles } from "../../../../../automation/runner/database/wanted-roles";
import { EMPTY_CATALOG, memberOf, roleFacts } from "../../../../support/empty-catalog";

const RO = "sallyport_app_readonly";
const WANTED: WantedRoles = {
  databases: [{ name: "app", owner: "app_owner", schemas: ["public"] }],
  privilegeRoles: [{ name: RO, database: "app", preset: "readonly" }],
  logins: [{ name: "jane@example.com", userId: "u-1", memberOf: [RO] }],
};
const JANE = roleFacts("jane@example.com", { login: true, connectionLimit: 20, comment: "sallyport: person u-1" });
const CANARY = roleFacts("sallyport_canary", { login: true, connectionLimit: 1, comment: "sallyport: canary" });
const DONE: Catalog = {
  ...EMPTY_CATALOG,
  roles: [roleFacts(RO, { comment: "sallyport: privileges" }), JANE, CANARY],
  memberships: [memberOf(JANE.name, "rds_iam"), memberOf(JANE.name, RO), memberOf(CANARY.name, "rds_iam")],
  databases: [{ name: "app", owner: "app_owner", connect: [RO], connectGrantable: [] }],
};
const changed = (change: Partial<typeof JANE>): Catalog => ({
  ...DONE,
  roles: DONE.roles.map((role) => (role.name === JANE.name ? { ...role, ...change } : role)),
});
const plan = (found: Catalog, wanted = WANTED): readonly string[] => loginRolesPlan(wanted, found).statements;

describe("the plan of login roles", () => {
  it("for a cluster without any is the whole, without a password anywhere", () => {
    const attributes = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT NOREPLICATION NOBYPASSRLS CONNECTION LIMIT";
    assert.deepEqual(plan(EMPTY_CATALOG), [
      `CREATE ROLE "${RO}" NOLOGIN`,
      `COMMENT ON ROLE "${RO}" IS 'sallyport: privileges'`,
      `GRANT CONNECT ON DATABASE "app" TO "${RO}"`,
      `CREATE ROLE "jane@example.com" ${attributes} 20`,
      `COMMENT ON ROLE "jane@example.com" IS 'sallyport: person u-1'`,
      'GRANT "rds_iam" TO "jane@example.com" WITH INHERIT TRUE, SET TRUE',
      `GRANT "${RO}" TO "jane@example.com" WITH INHERIT TRUE, SET TRUE`,
      `CREATE ROLE "sallyport_canary" ${attributes} 1`,
      `COMMENT ON ROLE "sallyport_canary" IS 'sallyport: canary'`,
      'GRANT "rds_iam" TO "sallyport_canary" WITH INHERIT TRUE, SET TRUE',
    ]);
  });

  it("for a finished cluster is nothing", () =>
    assert.deepEqual(loginRolesPlan(WANTED, DONE), { statements: [], refusals: [] }));

  it("brings attributes and memberships back", () => {
    assert.deepEqual(plan(changed({ login: false, createRole: true, inherit: false, connectionLimit: -1 })), [
      'ALTER ROLE "jane@example.com" LOGIN NOCREATEROLE INHERIT CONNECTION LIMIT 20',
    ]);
    assert.deepEqual(plan({ ...DONE, memberships: [...DONE.memberships, memberOf(JANE.name, "app_owner")] }), [
      'REVOKE "app_owner" FROM "jane@example.com"',
    ]);
    assert.deepEqual(plan({ ...DONE, memberships: DONE.memberships.filter(({ role }) => role !== RO) }), [
      `GRANT "${RO}" TO "jane@example.com" WITH INHERIT TRUE, SET TRUE`,
    ]);
    assert.deepEqual(plan({ ...DONE, memberships: [...DONE.memberships, memberOf(CANARY.name, RO)] }), [
      `REVOKE "${RO}" FROM "sallyport_canary"`,
    ]);
    assert.deepEqual(
      plan({ ...DONE, roles: DONE.roles.map((role) => (role.name === RO ? { ...role, login: true } : role)) }),
      [`ALTER ROLE "${RO}" NOLOGIN`],
    );
  });

  it("who left keeps nothing but the role, and the second time there is nothing to do", () => {
    const wanted = { ...WANTED, logins: [] };
    assert.deepEqual(plan(DONE, wanted), [
      'ALTER ROLE "jane@example.com" NOLOGIN',
      'REVOKE "rds_iam" FROM "jane@example.com"',
      `REVOKE "${RO}" FROM "jane@example.com"`,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'jane@example.com'",
    ]);
    assert.deepEqual(
      plan({ ...changed({ login: false }), memberships: [memberOf(CANARY.name, "rds_iam")] }, wanted),
      [],
    );
  });

  it("roles of others are never touched", () => {
    const others = [roleFacts("service", { login: true }), roleFacts("dba", { login: true, comment: "by hand" })];
    assert.deepEqual(
      plan({
        ...DONE,
        roles: [...DONE.roles, ...others],
        memberships: [...DONE.memberships, memberOf("service", "app_owner")],
      }),
      [],
    );
  });

  it("a name that belongs to somebody else stops everything", () => {
    assert.deepEqual(loginRolesPlan(WANTED, changed({ comment: "sallyport: person u-0" })), {
      statements: [],
      refusals: ['"jane@example.com" belongs to another (sallyport: person u-0, wanted sallyport: person u-1)'],
    });
    assert.deepEqual(loginRolesPlan(WANTED, changed({ comment: undefined })).refusals, [
      '"jane@example.com" exists and was not made by sallyport',
    ]);
    const taken = {
      ...DONE,
      roles: DONE.roles.map((role) => (role.name === RO ? { ...role, comment: undefined } : role)),
    };
    assert.deepEqual(loginRolesPlan(WANTED, taken).refusals, [`"${RO}" exists and was not made by sallyport`]);
  });
});
