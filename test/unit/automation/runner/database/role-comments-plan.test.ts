import assert from "node:assert/strict";
import { roleComments } from "../../../../../automation/runner/database/role-comments-plan";
import { EMPTY_CATALOG, roleFacts } from "../../../../support/empty-catalog";

const WANTED = {
  privilegeRoles: [{ name: "ro", database: "app", preset: "readonly" as const }],
  logins: [{ name: `o'neil "x"`, userId: "u-1", memberOf: ["ro"] }],
};

describe("comments on roles", () => {
  it("are given to roles that exist and have none", () => {
    const found = {
      ...EMPTY_CATALOG,
      roles: [roleFacts("ro"), roleFacts(`o'neil "x"`), roleFacts("sallyport_canary")],
    };
    assert.deepEqual(roleComments(WANTED, found), [
      `COMMENT ON ROLE "ro" IS 'sallyport: privileges'`,
      `COMMENT ON ROLE "o'neil ""x""" IS 'sallyport: person u-1'`,
      `COMMENT ON ROLE "sallyport_canary" IS 'sallyport: canary'`,
    ]);
  });

  it("are not written over, and not given to what is not there", () => {
    const found = { ...EMPTY_CATALOG, roles: [roleFacts("ro", { comment: "dba's" })] };
    assert.deepEqual(roleComments(WANTED, found), []);
  });
});
