import assert from "node:assert/strict";
import { closeLogins, departing, handOver } from "../../../../../automation/runner/database/departures-plan";
import { EMPTY_CATALOG, roleFacts } from "../../../../support/empty-catalog";

describe("departures", () => {
  it("are people's roles that nobody wants, by their comment alone", () => {
    const roles = [
      roleFacts("zoe", { comment: "sallyport: person u-2" }),
      roleFacts("ben", { login: true, comment: "sallyport: person u-1" }),
      roleFacts("jane", { login: true, comment: "sallyport: person u-3" }),
      roleFacts("service", { login: true }),
      roleFacts("sallyport_canary", { comment: "sallyport: canary" }),
      roleFacts("sallyport_app_readonly", { comment: "sallyport: privileges" }),
    ];
    const wanted = { logins: [{ name: "jane", userId: "u-3", memberOf: [] }] };
    assert.deepEqual(departing(wanted, { ...EMPTY_CATALOG, roles }), ["ben", "zoe"]);
  });

  it("lose their login before their sessions, so that none comes back in between", () =>
    assert.deepEqual(closeLogins(["o'neil"]), [
      `ALTER ROLE "o'neil" NOLOGIN`,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'o''neil'",
    ]));

  it("hand what they own to the owner role, in one transaction's membership", () => {
    assert.deepEqual(handOver(["ben"], { owner: "own" }), [
      'GRANT "own" TO CURRENT_USER WITH INHERIT TRUE, SET TRUE',
      'GRANT "ben" TO CURRENT_USER WITH INHERIT TRUE, SET TRUE',
      'REASSIGN OWNED BY "ben" TO "own"',
      'DROP OWNED BY "ben"',
      'REVOKE "own" FROM CURRENT_USER GRANTED BY CURRENT_USER',
      'REVOKE "ben" FROM CURRENT_USER GRANTED BY CURRENT_USER',
    ]);
    assert.deepEqual(handOver([], { owner: "own" }), []);
  });
});
