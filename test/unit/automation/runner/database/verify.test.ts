import assert from "node:assert/strict";
import type { Catalog } from "../../../../../automation/runner/database/catalog";
import { roleProblems, verifyRoles } from "../../../../../automation/runner/database/verify";
import type { WantedRoles } from "../../../../../infra/contract/wanted-roles";
import { EMPTY_CATALOG, memberOf, roleFacts } from "../../../../support/empty-catalog";

const WANTED: WantedRoles = {
  databases: [{ name: "app", owner: "own", schemas: [] }],
  privilegeRoles: [],
  logins: [{ name: "jane", userId: "u-1", memberOf: ["own"] }],
};
const CANARY = roleFacts("sallyport_canary", { login: true, connectionLimit: 1, comment: "sallyport: canary" });
const JANE = roleFacts("jane", { login: true, connectionLimit: 20, comment: "sallyport: person u-1" });
const GOOD: Catalog = {
  ...EMPTY_CATALOG,
  roles: [CANARY, JANE, roleFacts("own"), roleFacts("sallyport_provisioner", { login: true, createRole: true })],
  memberships: [memberOf("jane", "rds_iam"), memberOf("jane", "own"), memberOf("sallyport_canary", "rds_iam")],
};
const withRole = (role: Catalog["roles"][number]): Catalog => ({
  ...GOOD,
  roles: [...GOOD.roles.filter(({ name }) => name !== role.name), role],
});

describe("verifying the catalogs", () => {
  it("finds nothing where all is as it should be", () => assert.deepEqual(roleProblems(WANTED, GOOD), []));

  it("names what is missing and what is too much", () => {
    assert.deepEqual(roleProblems(WANTED, { ...GOOD, memberships: GOOD.memberships.slice(1) }), [
      '"jane" is no full member of "rds_iam"',
    ]);
    assert.deepEqual(roleProblems(WANTED, withRole({ ...JANE, superuser: true, replication: true, bypassRls: true })), [
      '"jane" has SUPERUSER',
      '"jane" has REPLICATION',
      '"jane" has BYPASSRLS',
    ]);
    assert.deepEqual(roleProblems(WANTED, withRole(roleFacts("sallyport_provisioner", { superuser: true }))), [
      "sallyport_provisioner is a superuser",
    ]);
  });

  it("an owner role that may log in, is in rds_iam, or is not there, is a problem", () => {
    assert.deepEqual(roleProblems(WANTED, withRole(roleFacts("own", { login: true }))), [
      'the owner role "own" may log in',
    ]);
    assert.deepEqual(
      roleProblems(WANTED, { ...GOOD, memberships: [...GOOD.memberships, memberOf("own", "rds_iam")] }),
      ['the owner role "own" is in rds_iam'],
    );
    assert.deepEqual(
      roleProblems({ ...WANTED, logins: [] }, { ...GOOD, roles: [CANARY], memberships: GOOD.memberships.slice(2) }),
      ['the owner role "own" does not exist'],
    );
  });

  it("only reads", async () => {
    const asked: string[] = [];
    const client = {
      query: async (text: string) => (
        asked.push(text),
        { rows: text.includes("server_version_num") ? [{ version: 160014 }] : [] }
      ),
      end: async () => undefined,
    };
    await verifyRoles(async () => client, WANTED);
    assert.ok(asked.length > 3);
    assert.deepEqual(
      asked.filter((text) => !text.startsWith("SELECT")),
      [],
    );
  });
});
