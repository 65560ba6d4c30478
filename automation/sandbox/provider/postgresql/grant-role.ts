import { quoteName } from "../../postgres/sql-quote";
import { inTransaction, run, withSession } from "./session";
import { facts, text, type PostgresType } from "./types";

/** `postgresql:index/grantRole:GrantRole`. */
export const GRANT_ROLE: PostgresType = {
  facts: facts({
    required: ["role", "grantRole"],
    inputs: { role: "string", grantRole: "string", withAdminOption: "boolean" },
    replace: ["role", "grantRole", "withAdminOption"],
  }),
  sets: [],
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
      const [row] = await session.query(
        "SELECT m.admin_option AS admin FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = $1 AND g.rolname = $2 AND m.admin_option = $3",
        [text(inputs, "role"), text(inputs, "grantRole"), inputs["withAdminOption"] === true],
      );
      return row ? { outputs: inputs, live: {} } : undefined;
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
