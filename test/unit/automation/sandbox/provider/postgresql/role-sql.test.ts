import assert from "node:assert/strict";
import { createRole, updateRole } from "../../../../../../automation/sandbox/provider/postgresql/role-sql";
import type { Statement } from "../../../../../../automation/sandbox/provider/postgresql/session";

const DEFAULTS = { name: "u", connectionLimit: -1, inherit: true, validUntil: "infinity" };

const sqlOf = (statements: readonly Statement[]): string[] => statements.map(({ sql }) => sql);

describe("statements for roles", () => {
  it("a role is made with every attribute said", () =>
    assert.deepEqual(sqlOf(createRole({ ...DEFAULTS, login: true, roles: ["h", "g", "g"] })), [
      `CREATE ROLE "u" WITH VALID UNTIL 'infinity' CONNECTION LIMIT -1 NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT LOGIN NOBYPASSRLS NOREPLICATION`,
      'GRANT "g" TO "u"',
      'GRANT "h" TO "u"',
      'ALTER ROLE "u" SET search_path TO DEFAULT',
    ]));

  it("any change at all takes every live membership and gives those of `roles`", () =>
    assert.deepEqual(sqlOf(updateRole(DEFAULTS, { ...DEFAULTS, connectionLimit: 5, roles: ["g"] }, ["g", "x"])), [
      'ALTER ROLE "u" CONNECTION LIMIT 5',
      'REVOKE "g" FROM "u"',
      'REVOKE "x" FROM "u"',
      'GRANT "g" TO "u"',
      'ALTER ROLE "u" SET search_path TO DEFAULT',
    ]));

  it("changes only what changed; nothing, false and 0 are the same; a new name sets the password anew", () =>
    assert.deepEqual(
      sqlOf(
        updateRole(
          { ...DEFAULTS, login: false, statementTimeout: 10, assumeRole: "g" },
          { ...DEFAULTS, name: "v", createDatabase: true },
          [],
        ),
      ),
      [
        'ALTER ROLE "u" RENAME TO "v"',
        `ALTER ROLE "v" PASSWORD ''`,
        'ALTER ROLE "v" WITH CREATEDB',
        'ALTER ROLE "v" SET search_path TO DEFAULT',
        'ALTER ROLE "v" RESET statement_timeout',
        'ALTER ROLE "v" RESET ROLE',
      ],
    ));

  it("quotes names, paths and passwords", () =>
    assert.deepEqual(
      sqlOf(
        createRole({
          name: 'a"b',
          password: "it's",
          searchPaths: ["$user", "p q"],
          statementTimeout: 5,
          assumeRole: "g h",
        }),
      ),
      [
        `CREATE ROLE "a""b" WITH ENCRYPTED PASSWORD 'it''s' VALID UNTIL 'infinity' CONNECTION LIMIT -1 NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOLOGIN NOBYPASSRLS NOREPLICATION`,
        'ALTER ROLE "a""b" SET search_path TO "$user", "p q"',
        'ALTER ROLE "a""b" SET statement_timeout TO 5',
        'ALTER ROLE "a""b" SET ROLE TO "g h"',
      ],
    ));

  it("a write-only password is set when its version changes, and taken away when it goes", () => {
    const before = { ...DEFAULTS, passwordWoVersion: "1" };
    const passwords = (news: Record<string, string>): string[] =>
      sqlOf(updateRole(before, { ...DEFAULTS, ...news }, [])).filter((sql) => sql.includes("PASSWORD"));
    assert.deepEqual(passwords({ passwordWo: "new", passwordWoVersion: "1" }), []);
    assert.deepEqual(passwords({ passwordWo: "new", passwordWoVersion: "2" }), [`ALTER ROLE "u" PASSWORD 'new'`]);
    assert.deepEqual(passwords({}), [`ALTER ROLE "u" PASSWORD ''`]);
  });

  it("says what failed in the provider's words", () =>
    assert.deepEqual(
      updateRole(DEFAULTS, { ...DEFAULTS, connectionLimit: 5, login: true, roles: ["g"] }, ["x"]).map(
        ({ failure }) => failure,
      ),
      [
        "error updating role CONNECTION LIMIT",
        "error updating role LOGIN",
        "could not revoke role x from u",
        "could not grant role g to u",
        "could not set search_path DEFAULT for u",
      ],
    ));

  it("refuses a search path that could not be read back", () =>
    assert.throws(() => createRole({ ...DEFAULTS, searchPaths: ["a, b"] }), {
      message: "search_path cannot contain `, `: a, b",
    }));
});
