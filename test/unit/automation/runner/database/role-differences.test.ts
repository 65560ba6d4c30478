import assert from "node:assert/strict";
import type { Catalog } from "../../../../../automation/runner/database/catalog";
import { roleDifferences } from "../../../../../automation/runner/database/role-differences";
import type { WantedRoles } from "../../../../../infra/contract/wanted-roles";
import { EMPTY_CATALOG, memberOf, roleFacts } from "../../../../support/empty-catalog";

const RO = "sallyport_app_readonly";
const WANTED: WantedRoles = {
  databases: [{ name: "app", owner: "app_owner", schemas: ["public"] }],
  privilegeRoles: [{ name: RO, database: "app", preset: "readonly" }],
  logins: [{ name: "jane", userId: "u-1", memberOf: [RO] }],
};
const JANE = roleFacts("jane", { login: true, connectionLimit: 20, comment: "sallyport: person u-1" });
const CANARY = roleFacts("sallyport_canary", { login: true, connectionLimit: 1, comment: "sallyport: canary" });
const DONE: Catalog = {
  ...EMPTY_CATALOG,
  roles: [roleFacts(RO, { comment: "sallyport: privileges" }), JANE, CANARY],
  memberships: [memberOf("jane", "rds_iam"), memberOf("jane", RO), memberOf(CANARY.name, "rds_iam")],
  databases: [{ name: "app", owner: "app_owner", connect: [RO], connectGrantable: [] }],
};
const jane = (change: Partial<typeof JANE>): Catalog => ({
  ...DONE,
  roles: DONE.roles.map((role) => (role.name === "jane" ? { ...role, ...change } : role)),
});
const withMembership = (...rows: Catalog["memberships"]): Catalog => ({
  ...DONE,
  memberships: [...DONE.memberships, ...rows],
});

describe("differences in roles", () => {
  const cases: [string, Catalog, string[]][] = [
    ["a finished cluster has none", DONE, []],
    ["a role that is missing", { ...DONE, roles: DONE.roles.slice(1) }, [`"${RO}" does not exist`]],
    ["NOLOGIN", jane({ login: false }), ['"jane" may not log in']],
    ["a limit", jane({ connectionLimit: -1 }), ['"jane" has a connection limit of -1, not 20']],
    ["NOINHERIT", jane({ inherit: false }), ['"jane" is NOINHERIT']],
    [
      "every right too many",
      jane({ superuser: true, createRole: true, createDatabase: true, replication: true, bypassRls: true }),
      ["SUPERUSER", "CREATEROLE", "CREATEDB", "REPLICATION", "BYPASSRLS"].map((right) => `"jane" has ${right}`),
    ],
    [
      "a membership too many",
      withMembership(memberOf("jane", "app_owner")),
      ['"jane" is a member of "app_owner" and should not be'],
    ],
    [
      "a membership without INHERIT or SET is none",
      { ...DONE, memberships: DONE.memberships.map((row) => (row.role === RO ? { ...row, inherit: false } : row)) },
      [`"jane" is no full member of "${RO}"`],
    ],
    [
      "a canary with a privilege",
      withMembership(memberOf(CANARY.name, RO)),
      [`"sallyport_canary" is a member of "${RO}" and should not be`],
    ],
    ["CONNECT", { ...DONE, databases: [] }, [`"${RO}" has no CONNECT on "app"`]],
    [
      "another's roles are nobody's business",
      { ...DONE, roles: [...DONE.roles, roleFacts("service", { login: true })] },
      [],
    ],
    [
      "who left and may still log in",
      { ...DONE, roles: [...DONE.roles, roleFacts("ben", { login: true, comment: "sallyport: person u-7" })] },
      ['"ben" may log in and should not'],
    ],
    [
      "who left and may not is fine",
      { ...DONE, roles: [...DONE.roles, roleFacts("ben", { comment: "sallyport: person u-7" })] },
      [],
    ],
  ];
  for (const [title, found, expected] of cases)
    it(title, () => assert.deepEqual(roleDifferences(WANTED, found), expected));
});
