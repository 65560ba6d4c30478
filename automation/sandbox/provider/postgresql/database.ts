import type { Props } from "../../account/estate";
import { quoteName } from "../../postgres/sql-quote";
import { alterDatabase, createDatabase } from "./database-sql";
import { lockRole } from "./locks";
import { grantMembership, isSuperuser, revokeMembership } from "./membership";
import { inTransaction, run, withSession, type Statement } from "./session";
import type { Settings } from "./settings";
import { facts, text, type Found, type PostgresType } from "./types";

const READ = `SELECT pg_get_userbyid(d.datdba)::text AS owner, pg_encoding_to_char(d.encoding)::text AS encoding, d.datcollate::text AS collate, d.datctype::text AS ctype,
  t.spcname::text AS tablespace, d.datconnlimit AS connections, d.datallowconn AS allowed, d.datistemplate AS template
  FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace WHERE d.datname = $1`;

/** `postgresql:index/database:Database`. */
export const DATABASE: PostgresType = {
  facts: facts({
    required: [],
    inputs: {
      name: "string",
      owner: "string",
      template: "string",
      encoding: "string",
      lcCollate: "string",
      lcCtype: "string",
      tablespaceName: "string",
      connectionLimit: "number",
      allowConnections: "boolean",
      isTemplate: "boolean",
      alterObjectOwnership: "boolean",
    },
    replace: ["template", "encoding", "lcCollate", "lcCtype"],
    defaults: { allowConnections: true, connectionLimit: -1 },
    filled: ["owner", "template", "encoding", "lcCollate", "lcCtype", "tablespaceName", "isTemplate"],
  }),
  sets: [],
  importable: true,
  rules: (inputs, fail) => {
    const limit = inputs["connectionLimit"];
    if (typeof limit === "number" && limit < -1)
      fail("connectionLimit", `expected connectionLimit to be at least (-1), got ${limit}`);
  },
  id: (inputs) => text(inputs, "name"),
  create: (settings, inputs) =>
    ownedBy(settings, text(inputs, "owner"), () => alone(settings, createDatabase(inputs, settings.me))),
  update: async (settings, state, inputs) => {
    const [before, name, owner] = [text(state, "name"), text(inputs, "name"), text(inputs, "owner")];
    if (before !== name) {
      const rename = `ALTER DATABASE ${quoteName(before)} RENAME TO ${quoteName(name)}`;
      await alone(settings, { failure: "error updating database name", sql: rename });
    }
    if (owner !== "" && owner !== text(state, "owner")) await changeOwner(settings, state, inputs);
    for (const statement of alterDatabase(state, inputs)) await alone(settings, statement);
  },
  exists: async (settings, id) =>
    (
      await withSession(settings, settings.database, (session) =>
        session.query("SELECT FROM pg_database WHERE datname = $1", [id]),
      )
    ).length > 0,
  read: (settings, id, inputs) => read(settings, id, inputs),
  delete: (settings, state) => {
    const name = quoteName(text(state, "name"));
    return ownedBy(settings, text(state, "owner"), async () => {
      if (state["isTemplate"] === true)
        await alone(settings, {
          failure: "error updating database IS_TEMPLATE during DROP DATABASE",
          sql: `ALTER DATABASE ${name} IS_TEMPLATE false`,
        });
      await alone(settings, {
        failure: "error blocking connections to database",
        sql: `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
      });
      await withSession(settings, settings.database, (session) =>
        run(
          session,
          "error terminating database connections",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
          [text(state, "name")],
        ),
      );
      await alone(settings, { failure: "error dropping database", sql: `DROP DATABASE ${name} WITH ( FORCE )` });
    });
  },
};

/** A statement on a connection of its own, outside any transaction: databases can be made in no other way. */
function alone(settings: Settings, { failure, sql }: Statement): Promise<void> {
  return withSession(settings, settings.database, (session) => run(session, failure, sql));
}

/**
 * Runs work while the connected role is a member of the owner. The membership is committed, so that everybody sees it, and stays if
 * the work or the way back fails: an owner in `rds_iam` locks a password login out here, as it does with the real provider. Meanwhile
 * another connection holds the connected role's lock.
 */
async function ownedBy(settings: Settings, owner: string, work: () => Promise<void>): Promise<void> {
  const { me, database } = settings;
  if (owner === "") return work();
  await inTransaction(settings, database, async (session) => {
    await lockRole(session, me);
    const granted = await withSession(settings, database, async (own) =>
      (await isSuperuser(own, me)) ? false : grantMembership(own, owner, me),
    );
    try {
      await work();
    } finally {
      if (granted) await withSession(settings, database, (own) => revokeMembership(own, owner, me));
    }
  });
}

async function changeOwner(settings: Settings, state: Props, inputs: Props): Promise<void> {
  const [name, owner, before] = [text(inputs, "name"), text(inputs, "owner"), text(state, "owner")];
  await ownedBy(settings, owner, () =>
    alone(settings, {
      failure: "error updating database OWNER",
      sql: `ALTER DATABASE ${quoteName(name)} OWNER TO ${quoteName(owner)}`,
    }),
  );
  if (inputs["alterObjectOwnership"] !== true) return;
  await ownedBy(settings, owner, () =>
    ownedBy({ ...settings, database: name }, before, () =>
      alone(
        { ...settings, database: name },
        {
          failure: `could not reassign owned by role ${before} to ${owner}`,
          sql: `REASSIGN OWNED BY ${quoteName(before)} TO ${quoteName(owner)}`,
        },
      ),
    ),
  );
}

function read(settings: Settings, name: string, inputs: Props): Promise<Found | undefined> {
  return withSession(settings, settings.database, async (session) => {
    const [row] = await session.query(READ, [name]);
    if (!row) return undefined;
    const live: Props = {
      name,
      owner: row["owner"] as string,
      template: text(inputs, "template") || "template0",
      encoding: row["encoding"] as string,
      lcCollate: row["collate"] as string,
      lcCtype: row["ctype"] as string,
      tablespaceName: row["tablespace"] as string,
      connectionLimit: row["connections"] as number,
      allowConnections: row["allowed"] as boolean,
      isTemplate: row["template"] as boolean,
    };
    return { outputs: { alterObjectOwnership: inputs["alterObjectOwnership"] === true, ...live }, live };
  });
}
