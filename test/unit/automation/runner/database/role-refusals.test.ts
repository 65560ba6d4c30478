import assert from "node:assert/strict";
import type { Catalog, RoleFacts } from "../../../../../automation/runner/database/catalog";
import { roleRefusals } from "../../../../../automation/runner/database/role-refusals";
import { EMPTY_CATALOG, memberOf, roleFacts } from "../../../../support/empty-catalog";

const RO = "sallyport_app_readonly";
const WANTED = {
  privilegeRoles: [{ name: RO, database: "app", preset: "readonly" as const }],
  logins: [{ name: "jane", userId: "u-1", memberOf: [RO] }],
};
const having = (role: RoleFacts, memberships: Catalog["memberships"] = []): Catalog => ({
  ...EMPTY_CATALOG,
  roles: [role],
  memberships,
});

describe("names that are taken", () => {
  const cases: [string, Catalog, string[]][] = [
    ["nothing there", EMPTY_CATALOG, []],
    ["ours", having(roleFacts("jane", { comment: "sallyport: person u-1" })), []],
    [
      "a recycled name",
      having(roleFacts("jane", { comment: "sallyport: person u-0" })),
      ['"jane" belongs to another (sallyport: person u-0, wanted sallyport: person u-1)'],
    ],
    ["made by hand", having(roleFacts("jane")), ['"jane" exists and was not made by sallyport']],
    [
      "somebody's comment",
      having(roleFacts("jane", { comment: "dba" })),
      ['"jane" exists and was not made by sallyport'],
    ],
    ["a privilege role's name", having(roleFacts(RO)), [`"${RO}" exists and was not made by sallyport`]],
    [
      "made by the provisioner, cut off before the comment",
      having(roleFacts("jane"), [{ ...memberOf("sallyport_provisioner", "jane"), admin: true }]),
      [],
    ],
    [
      "a comment counts before the maker",
      having(roleFacts("jane", { comment: "dba" }), [{ ...memberOf("sallyport_provisioner", "jane"), admin: true }]),
      ['"jane" exists and was not made by sallyport'],
    ],
  ];
  for (const [title, found, refusals] of cases)
    it(title, () => assert.deepEqual(roleRefusals(WANTED, found), refusals));
});
