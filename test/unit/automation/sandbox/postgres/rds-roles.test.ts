import assert from "node:assert/strict";
import { initialDatabase, rdsRoles } from "../../../../../automation/sandbox/postgres/rds-roles";

describe("RDS's roles", () => {
  it("the master is no superuser, and may pass rds_iam on without being a plain member", () => {
    const statements = rdsRoles({ username: "boss", password: "pass'word" });
    assert.ok(
      statements.includes(
        `CREATE ROLE "boss" LOGIN NOSUPERUSER CREATEROLE CREATEDB NOREPLICATION NOBYPASSRLS VALID UNTIL 'infinity' PASSWORD 'pass''word'`,
      ),
    );
    assert.ok(statements.includes('GRANT rds_iam TO "boss" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE'));
    assert.equal(statements.filter((statement) => /\bSUPERUSER\b/.test(statement)).length, 0);
  });

  it("the first database is the master's", () => {
    assert.equal(initialDatabase("app", "boss"), 'CREATE DATABASE "app" OWNER "boss"');
  });
});
