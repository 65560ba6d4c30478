import assert from "node:assert/strict";
import { chooseEnvironment, listReach, type ReachableRole } from "../../../../automation/door/reach";

const role = (env: string, name: string, account = "000000000000", estate = "payments"): ReachableRole => ({
  account,
  estate,
  env,
  role: name,
  set: `sp-${estate}-${env}-${name}`,
});

describe("what a sign-in reaches", () => {
  it("are the permission sets with our names, in every account", async () => {
    const sets: Record<string, string[]> = {
      "000000000000": ["sp-payments-dev-read-all", "AdministratorAccess", "sp-payments-dev"],
      "111122223333": ["sp-payments-prod-admin"],
    };
    assert.deepEqual(
      await listReach({
        accounts: async () => Object.keys(sets).sort(),
        roles: async (account) => sets[account] ?? [],
      }),
      [role("dev", "read-all"), role("prod", "admin", "111122223333")],
    );
  });

  it("leads to the only environment, with its roles sorted", () => {
    assert.deepEqual(chooseEnvironment([role("dev", "developer"), role("dev", "admin")], {}), {
      account: "000000000000",
      estate: "payments",
      env: "dev",
      roles: ["admin", "developer"],
    });
  });

  it("lets a person say which of several, by environment or estate", () => {
    const reach = [role("dev", "a"), role("prod", "a"), role("prod", "a", "000000000000", "billing")];
    assert.equal(chooseEnvironment(reach, { env: "dev" }).env, "dev");
    assert.equal(chooseEnvironment(reach, { estate: "billing" }).estate, "billing");
    assert.throws(() => chooseEnvironment(reach, { env: "prod" }), {
      code: "AUTH_ROLE_CHOICE",
      exitCode: 2,
      message: "Several environments are possible: billing/prod, payments/prod.",
    });
  });

  it("is no access when nothing is left", () => {
    assert.throws(() => chooseEnvironment([], {}), {
      code: "AUTH_NO_ACCESS",
      exitCode: 5,
      likely: "No assignment was made for you, or it was removed.",
    });
    assert.throws(() => chooseEnvironment([role("dev", "a")], { env: "prod" }), {
      code: "AUTH_NO_ACCESS",
      message: "Your sign-in reaches no permission set of sallyport in environment prod.",
      likely: "You can reach: payments/dev.",
    });
  });
});
