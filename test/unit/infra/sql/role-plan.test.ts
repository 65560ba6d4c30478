import assert from "node:assert/strict";
import { rolePlan } from "../../../../infra/sql/role-plan";

describe("the plan of roles", () => {
  it("is privilege roles that nobody logs in as, logins with every membership, and the canary with nothing", () => {
    const wanted = {
      privilegeRoles: [{ name: "ro", database: "app", preset: "readonly" as const }],
      logins: [{ name: 'Jane "J" @ x', userId: "u-1", memberOf: ["ro", "app_owner"] }],
    };
    assert.deepEqual(rolePlan(wanted), [
      { name: "ro", login: false, memberOf: [], connectionLimit: -1 },
      { name: 'Jane "J" @ x', login: true, memberOf: ["rds_iam", "ro", "app_owner"], connectionLimit: 20 },
      { name: "sallyport_canary", login: true, memberOf: ["rds_iam"], connectionLimit: 1 },
    ]);
  });
});
