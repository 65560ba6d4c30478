import assert from "node:assert/strict";
import { createRole, updateRole } from "../../../../../../automation/sandbox/provider/postgresql/role-sql";

const DEFAULTS = { name: "u", connectionLimit: -1, inherit: true, validUntil: "infinity" };

describe("statements for roles", () => {
  it("a role is made with every attribute said", () =>
    assert.deepEqual(createRole({ ...DEFAULTS, login: true, roles: ["h", "g", "g"] }), [
      `CREATE ROLE "u" WITH VALID UNTIL 'infinity' CONNECTION LIMIT -1 NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT LOGIN NOBYPASSRLS NOREPLICATION`,
      'GRANT "g" TO "u"',
      'GRANT "h" TO "u"',
      'ALTER ROLE "u" SET search_path TO DEFAULT',
    ]));

  it("any change at all takes every live membership and gives those of `roles`", () =>
    assert.deepEqual(updateRole(DEFAULTS, { ...DEFAULTS, connectionLimit: 5, roles: ["g"] }, ["g", "x"]), [
      'ALTER ROLE "u" CONNECTION LIMIT 5',
      'REVOKE "g" FROM "u"',
      'REVOKE "x" FROM "u"',
      'GRANT "g" TO "u"',
      'ALTER ROLE "u" SET search_path TO DEFAULT',
    ]));

  it("changes only what changed; nothing, false and 0 are the same", () =>
    assert.deepEqual(
      updateRole(
        { ...DEFAULTS, login: false, statementTimeout: 10 },
        { ...DEFAULTS, name: "v", createDatabase: true },
        [],
      ),
      [
        'ALTER ROLE "u" RENAME TO "v"',
        'ALTER ROLE "v" WITH CREATEDB',
        'ALTER ROLE "v" SET search_path TO DEFAULT',
        'ALTER ROLE "v" RESET statement_timeout',
      ],
    ));

  it("quotes names, paths and passwords", () =>
    assert.deepEqual(
      createRole({ name: 'a"b', password: "it's", searchPaths: ["$user", "p q"], statementTimeout: 5 }),
      [
        `CREATE ROLE "a""b" WITH ENCRYPTED PASSWORD 'it''s' VALID UNTIL 'infinity' CONNECTION LIMIT -1 NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOLOGIN NOBYPASSRLS NOREPLICATION`,
        'ALTER ROLE "a""b" SET search_path TO "$user", "p q"',
        'ALTER ROLE "a""b" SET statement_timeout TO 5',
      ],
    ));
});
