import assert from "node:assert/strict";
import { bootstrapPlan } from "../../../../../automation/runner/database/bootstrap-plan";
import type { Catalog } from "../../../../../automation/runner/database/catalog";
import { EMPTY_CATALOG, memberOf, roleFacts } from "../../../../support/empty-catalog";

const WISH = { master: "boss", databases: { app: { owner: "app_owner" } } };

/** What stands after the whole plan was run. */
const DONE: Catalog = {
  ...EMPTY_CATALOG,
  roles: [roleFacts("app_owner"), roleFacts("sallyport_provisioner", { login: true, createRole: true })],
  memberships: [
    { role: "app_owner", member: "boss", admin: true, inherit: false, set: true },
    { role: "app_owner", member: "sallyport_provisioner", admin: true, inherit: false, set: false },
    { role: "rds_iam", member: "sallyport_provisioner", admin: true, inherit: true, set: true },
    memberOf("sallyport_provisioner", "pg_signal_backend"),
  ],
  databases: [
    {
      name: "app",
      owner: "app_owner",
      connect: ["app_owner", "sallyport_provisioner"],
      connectGrantable: ["sallyport_provisioner"],
    },
  ],
};

describe("the bootstrap's plan", () => {
  it("for an empty cluster is the whole, databases first", () => {
    assert.deepEqual(bootstrapPlan(WISH, EMPTY_CATALOG), {
      databasesToCreate: ['CREATE DATABASE "app" TEMPLATE template0'],
      transaction: [
        'CREATE ROLE "app_owner" NOLOGIN',
        'GRANT "app_owner" TO "boss" WITH INHERIT FALSE, SET TRUE',
        'CREATE ROLE "sallyport_provisioner" LOGIN CREATEROLE NOSUPERUSER NOCREATEDB',
        'GRANT rds_iam TO "sallyport_provisioner" WITH ADMIN TRUE, INHERIT TRUE, SET TRUE',
        'GRANT pg_signal_backend TO "sallyport_provisioner"',
        'GRANT "app_owner" TO "sallyport_provisioner" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE',
        'ALTER DATABASE "app" OWNER TO "app_owner"',
        'SET LOCAL ROLE "app_owner"',
        'REVOKE CONNECT ON DATABASE "app" FROM PUBLIC',
        'GRANT CONNECT ON DATABASE "app" TO "sallyport_provisioner" WITH GRANT OPTION',
        "RESET ROLE",
      ],
    });
  });

  it("for a finished cluster is nothing", () => {
    assert.deepEqual(bootstrapPlan(WISH, DONE), { databasesToCreate: [], transaction: [] });
  });

  it("two databases of one owner make the owner once", () => {
    const { transaction } = bootstrapPlan(
      { master: "boss", databases: { a: { owner: "own" }, b: { owner: "own" } } },
      EMPTY_CATALOG,
    );
    assert.equal(transaction.filter((statement) => statement.startsWith('CREATE ROLE "own"')).length, 1);
  });

  it("a database that had its owner before is not closed to PUBLIC", () => {
    const [database] = DONE.databases;
    const found = { ...DONE, databases: [{ ...database!, connect: [""], connectGrantable: [] }] };
    assert.deepEqual(bootstrapPlan(WISH, found).transaction, [
      'SET LOCAL ROLE "app_owner"',
      'GRANT CONNECT ON DATABASE "app" TO "sallyport_provisioner" WITH GRANT OPTION',
      "RESET ROLE",
    ]);
  });

  it("an ADMIN-only membership in rds_iam is made a plain one", () => {
    const memberships = DONE.memberships.map((row) =>
      row.role === "rds_iam" ? { ...row, inherit: false, set: false } : row,
    );
    assert.deepEqual(bootstrapPlan(WISH, { ...DONE, memberships }).transaction, [
      'GRANT rds_iam TO "sallyport_provisioner" WITH ADMIN TRUE, INHERIT TRUE, SET TRUE',
    ]);
  });

  it("a provisioner that lost LOGIN gets it back", () => {
    const roles = [roleFacts("app_owner"), roleFacts("sallyport_provisioner", { createRole: true })];
    assert.deepEqual(bootstrapPlan(WISH, { ...DONE, roles }).transaction, [
      'ALTER ROLE "sallyport_provisioner" LOGIN CREATEROLE',
    ]);
  });
});
