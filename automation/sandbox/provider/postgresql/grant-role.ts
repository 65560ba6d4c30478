import { quoteName } from "../../postgres/sql-quote";
import { inTransaction, run, withSession } from "./session";
import { facts, text, type PostgresType } from "./types";

const READ =
  "SELECT admin_option AS admin FROM pg_auth_members WHERE pg_get_userbyid(member) = $1 AND pg_get_userbyid(roleid) = $2 ORDER BY oid";

/** `postgresql:index/grantRole:GrantRole`. */
export const GRANT_ROLE: PostgresType = {
  facts: facts({
    required: ["role", "grantRole"],
    inputs: { role: "string", grantRole: "string", withAdminOption: "boolean" },
    replace: ["role", "grantRole", "withAdminOption"],
  }),
  sets: [],
  importable: false,
  id: (inputs) => `${text(inputs, "role")}_${text(inputs, "grantRole")}_${String(inputs["withAdminOption"] === true)}`,
  create: (settings, inputs) =>
    inTransaction(settings, settings.database, async (session) => {
      const [member, group] = [quoteName(text(inputs, "role")), quoteName(text(inputs, "grantRole"))];
      const option = inputs["withAdminOption"] === true ? " WITH ADMIN OPTION" : "";
      await run(session, "could not execute revoke query", `REVOKE ${group} FROM ${member}`);
      await run(session, "could not execute grant query", `GRANT ${group} TO ${member}${option}`);
    }),
  read: (settings, _id, inputs) =>
    withSession(settings, settings.database, async (session) => {
      const [row] = await session.query(READ, [text(inputs, "role"), text(inputs, "grantRole")]);
      if (!row) return undefined;
      const live = { withAdminOption: row["admin"] === true };
      return { outputs: live, live };
    }),
  delete: (settings, state) =>
    inTransaction(settings, settings.database, (session) =>
      run(
        session,
        "could not execute revoke query",
        `REVOKE ${quoteName(text(state, "grantRole"))} FROM ${quoteName(text(state, "role"))}`,
      ),
    ),
};
