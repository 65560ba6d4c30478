import assert from "node:assert/strict";
import { lockDatabase, lockRole } from "../../../../../../automation/sandbox/provider/postgresql/locks";

describe("locks", () => {
  const recorded = async (work: (session: Parameters<typeof lockRole>[0]) => Promise<void>): Promise<string[]> => {
    const seen: string[] = [];
    await work({
      query: (sql, values = []) => {
        seen.push(
          [sql.replace(/^SELECT (pg_advisory_xact_lock\([^)]*\)) FROM (\S+) .*$/, "$1 $2"), ...values].join(" "),
        );
        return Promise.resolve([]);
      },
    });
    return seen;
  };

  it("of a role: its own, then its members', and no statement gives up waiting", async () =>
    assert.deepEqual(await recorded((session) => lockRole(session, "g")), [
      "SET statement_timeout = 0",
      "pg_advisory_xact_lock(oid::bigint) pg_roles g",
      "pg_advisory_xact_lock(m.member::bigint) pg_auth_members g",
    ]));

  it("of a database", async () =>
    assert.deepEqual(await recorded((session) => lockDatabase(session, "app")), [
      "SET statement_timeout = 0",
      "pg_advisory_xact_lock(oid::bigint) pg_database app",
    ]));
});
