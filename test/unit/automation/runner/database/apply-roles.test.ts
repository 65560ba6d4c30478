import assert from "node:assert/strict";
import { applyRoles } from "../../../../../automation/runner/database/apply-roles";
import type { WantedRoles } from "../../../../../automation/runner/database/wanted-roles";

// What it does to a real PostgreSQL is in bootstrap.test.ts, after the provisioner that it needs.
describe("applying roles", () => {
  const wanted: WantedRoles = {
    databases: [{ name: "app", owner: "own", schemas: [] }],
    privilegeRoles: [],
    logins: [{ name: "jane", userId: "u-1", memberOf: [] }],
  };
  const connections = (roles: readonly unknown[]) => {
    const said: string[] = [];
    const connect = async (database: string) => ({
      query: async (text: string) => {
        if (!text.startsWith("SELECT")) said.push(`${database}: ${text.split(" ").slice(0, 3).join(" ")}`);
        return {
          rows: (text.includes("server_version_num")
            ? [{ version: 160014 }]
            : text.includes("FROM pg_roles ORDER")
              ? roles
              : []) as Record<string, unknown>[],
        };
      },
      end: async () => void said.push(`${database}: (end)`),
    });
    return { said, connect };
  };

  it("runs the roles as one transaction in postgres, then looks into each database", async () => {
    const { said, connect } = connections([]);
    assert.equal(await applyRoles(connect, wanted), 6);
    const role = ['postgres: CREATE ROLE "jane"', "postgres: COMMENT ON ROLE", 'postgres: GRANT "rds_iam" TO'];
    const canary = [
      'postgres: CREATE ROLE "sallyport_canary"',
      "postgres: COMMENT ON ROLE",
      'postgres: GRANT "rds_iam" TO',
    ];
    assert.deepEqual(said, [
      "postgres: BEGIN",
      ...role,
      ...canary,
      "postgres: COMMIT",
      "postgres: (end)",
      "app: (end)",
    ]);
  });

  it("a name that is taken stops it before anything is run", async () => {
    const { said, connect } = connections([{ name: "jane", comment: null }]);
    await assert.rejects(applyRoles(connect, wanted), {
      code: "DB_ROLE_TAKEN",
      message: 'The database has roles of these names already: "jane" exists and was not made by sallyport.',
    });
    assert.deepEqual(said, ["postgres: (end)"]);
  });
});
