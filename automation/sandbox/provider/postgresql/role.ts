import type { Props } from "../../account/estate";
import { quoteName } from "../../postgres/sql-quote";
import { lockRole } from "./locks";
import { asMemberOf } from "./membership";
import { membershipsOf, readRole, roleExists } from "./role-read";
import { createRole, updateRole } from "./role-sql";
import { inTransaction, run, runAll, withSession } from "./session";
import { facts, text, type PostgresType } from "./types";

/** `postgresql:index/role:Role`. */
export const ROLE: PostgresType = {
  facts: facts({
    required: [],
    inputs: {
      name: "string",
      login: "boolean",
      roles: ["string"],
      inherit: "boolean",
      connectionLimit: "number",
      validUntil: "string",
      createDatabase: "boolean",
      createRole: "boolean",
      superuser: "boolean",
      replication: "boolean",
      bypassRowLevelSecurity: "boolean",
      searchPaths: ["string"],
      statementTimeout: "number",
      idleInTransactionSessionTimeout: "number",
      assumeRole: "string",
      password: "string",
      passwordWo: "string",
      passwordWoVersion: "string",
      encryptedPassword: "boolean",
      skipDropRole: "boolean",
      skipReassignOwned: "boolean",
    },
    replace: [],
    defaults: { connectionLimit: -1, encryptedPassword: true, inherit: true, validUntil: "infinity" },
    secret: ["password", "passwordWo"],
  }),
  sets: ["roles"],
  writeOnly: ["passwordWo"],
  importable: true,
  rules,
  id: (inputs) => text(inputs, "name"),
  create: (settings, inputs) =>
    inTransaction(settings, settings.database, (session) => runAll(session, createRole(inputs))),
  update: (settings, state, inputs) =>
    inTransaction(settings, settings.database, async (session) => {
      const name = text(state, "name");
      await lockRole(session, name);
      await runAll(session, updateRole(state, inputs, await membershipsOf(session, name)));
    }),
  exists: (settings, id) => withSession(settings, settings.database, (session) => roleExists(session, id)),
  read: readRole,
  delete: (settings, state) => {
    const [name, me] = [text(state, "name"), settings.me];
    const role = quoteName(name);
    return inTransaction(settings, settings.database, async (session) => {
      await lockRole(session, name);
      if (state["skipReassignOwned"] !== true)
        await asMemberOf(session, [name], async () => {
          const reassign = `REASSIGN OWNED BY ${role} TO ${quoteName(me)}`;
          await run(session, `could not reassign owned by role ${name} to ${me}`, reassign);
          await run(session, `could not drop owned by role ${name}`, `DROP OWNED BY ${role}`);
        });
      if (state["skipDropRole"] !== true) await run(session, `could not delete role ${name}`, `DROP ROLE ${role}`);
    });
  },
};

function rules(inputs: Props, fail: (property: string, reason: string) => void): void {
  for (const [key, least] of [
    ["connectionLimit", -1],
    ["statementTimeout", 0],
    ["idleInTransactionSessionTimeout", 0],
  ] as const) {
    const value = inputs[key];
    if (typeof value === "number" && value < least)
      fail(key, `expected ${key} to be at least (${least}), got ${value}`);
  }
  if (inputs["passwordWo"] === undefined) return;
  if (inputs["password"] !== undefined) fail("passwordWo", '"passwordWo": conflicts with password');
  if (inputs["passwordWoVersion"] === undefined)
    fail("passwordWo", '"passwordWo": all of `passwordWo,passwordWoVersion` must be specified');
}
