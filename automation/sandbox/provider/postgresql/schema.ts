import type { Props } from "../../account/estate";
import { quoteName } from "../../postgres/sql-quote";
import { asMemberOf } from "./membership";
import { inTransaction, run, withSession, type Session } from "./session";
import type { Settings } from "./settings";
import { facts, text, type Found, type PostgresType } from "./types";

/** `postgresql:index/schema:Schema`; without its deprecated policies. */
export const SCHEMA: PostgresType = {
  facts: facts({
    required: [],
    inputs: { name: "string", database: "string", owner: "string", ifNotExists: "boolean", dropCascade: "boolean" },
    replace: ["database"],
    defaults: { ifNotExists: true },
    filled: ["database", "owner"],
  }),
  sets: [],
  importable: true,
  id: (inputs, settings) => `${databaseOf(settings, inputs)}.${text(inputs, "name")}`,
  create: (settings, inputs) => {
    const [database, name, owner] = [databaseOf(settings, inputs), text(inputs, "name"), text(inputs, "owner")];
    return inTransaction(settings, database, async (session) => {
      const [row] = await session.query(
        "SELECT pg_get_userbyid(datdba)::text AS owner FROM pg_database WHERE datname = $1",
        [database],
      );
      const members = [String(row?.["owner"]), ...(owner === "" ? [] : [owner])];
      await asMemberOf(session, members, async () => {
        // An existing schema is taken over as it is, only its owner changes.
        if (await schemaExists(session, name)) return setOwner(session, name, owner);
        const unless = inputs["ifNotExists"] === false ? "" : "IF NOT EXISTS ";
        const authorization = owner === "" ? "" : ` AUTHORIZATION ${quoteName(owner)}`;
        await run(
          session,
          `error creating schema ${name}`,
          `CREATE SCHEMA ${unless}${quoteName(name)}${authorization}`,
        );
      });
    });
  },
  update: (settings, state, inputs) =>
    inTransaction(settings, databaseOf(settings, state), async (session) => {
      const [before, name, owner] = [text(state, "name"), text(inputs, "name"), text(inputs, "owner")];
      if (before !== name) {
        const rename = `ALTER SCHEMA ${quoteName(before)} RENAME TO ${quoteName(name)}`;
        await run(session, "error updating schema NAME", rename);
      }
      // Without a membership for the time being: the provider has none here.
      if (owner !== text(state, "owner")) await setOwner(session, name, owner);
    }),
  exists: async (settings, id, inputs) => {
    const { database, name } = parts(settings, id, inputs);
    const known = await withSession(settings, settings.database, (session) =>
      session.query("SELECT FROM pg_database WHERE datname = $1", [database]),
    );
    return known.length > 0 && withSession(settings, database, (session) => schemaExists(session, name));
  },
  read,
  delete: (settings, state) => {
    const name = text(state, "name");
    return inTransaction(settings, databaseOf(settings, state), async (session) => {
      if (!(await schemaExists(session, name))) return;
      const mode = state["dropCascade"] === true ? "CASCADE" : "RESTRICT";
      await asMemberOf(session, [text(state, "owner")], () =>
        run(session, "error deleting schema", `DROP SCHEMA ${quoteName(name)} ${mode}`),
      );
    });
  },
};

function read(settings: Settings, id: string, inputs: Props): Promise<Found | undefined> {
  const { database, name } = parts(settings, id, inputs);
  return withSession(settings, database, async (session) => {
    const [row] = await session.query(
      "SELECT pg_get_userbyid(nspowner)::text AS owner FROM pg_namespace WHERE nspname = $1",
      [name],
    );
    if (!row) return undefined;
    const live = { name, database, owner: row["owner"] as string };
    return { outputs: { dropCascade: inputs["dropCascade"] === true, ...live }, live };
  });
}

async function setOwner(session: Session, name: string, owner: string): Promise<void> {
  if (owner === "") return;
  await run(session, "error updating schema OWNER", `ALTER SCHEMA ${quoteName(name)} OWNER TO ${quoteName(owner)}`);
}

async function schemaExists(session: Session, name: string): Promise<boolean> {
  return (await session.query("SELECT FROM pg_namespace WHERE nspname = $1", [name])).length > 0;
}

function databaseOf(settings: Settings, inputs: Props): string {
  return text(inputs, "database") || settings.database;
}

/** What an import names is `<database>.<name>`; what a state holds says it itself. */
function parts(settings: Settings, id: string, inputs: Props): { readonly database: string; readonly name: string } {
  if (text(inputs, "name") !== "") return { database: databaseOf(settings, inputs), name: text(inputs, "name") };
  const [, database, name] = /^([^.]+)\.(.+)$/s.exec(id) ?? [];
  if (database === undefined || name === undefined)
    throw new Error(`schema ID ${id} has not the expected format 'database.schema'`);
  return { database, name };
}
