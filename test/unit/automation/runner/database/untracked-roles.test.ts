import assert from "node:assert/strict";
import { untrackedRoles } from "../../../../../automation/runner/database/untracked-roles";

// What dropping them does to a real PostgreSQL is in make-way.test.ts.
const WANTED = {
  databases: [],
  privilegeRoles: [{ name: "ro", database: "app", preset: "readonly" as const }],
  logins: [
    { name: "jane", userId: "u-1", memberOf: [] },
    { name: 'a"b', userId: "u-2", memberOf: [] },
  ],
};

describe("roles that the state does not know", () => {
  it("are those of ours that the failure names", () => {
    const failure = [
      'up of sallyport-sql/dev.app failed: error creating role jane: pq: role "jane" already exists',
      'error creating role a"b: pq: role "a"b" already exists',
      'error creating role stranger: pq: role "stranger" already exists',
      'error creating role sallyport_canary: pq: role "sallyport_canary" already exists',
    ].join("\n");
    assert.deepEqual(untrackedRoles(WANTED, failure), ["jane", 'a"b', "sallyport_canary"]);
  });

  it("are none in any other failure", () =>
    assert.deepEqual(untrackedRoles(WANTED, 'could not execute grant query: pq: role "ro" does not exist'), []));
});
