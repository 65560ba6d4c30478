import { PROVISIONER } from "../../../infra/contract/names";
import { SallyportError } from "../../core/errors";
import { bootstrapPlan, type BootstrapWish } from "./bootstrap-plan";
import { readCatalog } from "./catalog";
import { inTransaction, sqlStateOf, withDatabase, type SqlClient } from "./sql-client";

/** Ways into the cluster. Each call opens a new connection to the database `postgres`. */
export interface BootstrapLogins {
  /** By IAM token, as the provisioner. */
  provisioner(): Promise<SqlClient>;
  /** By IAM token, as the master: for later runs, when PostgreSQL no longer takes its password (see `ensureProvisioner`). */
  masterByToken(): Promise<SqlClient>;
  /** By password, as the master: the only caller of the master's secret, at most once in a run. */
  masterByPassword(): Promise<SqlClient>;
}

/** How the bootstrap went. */
export interface BootstrapOutcome {
  /** Statements that were run; 0 when everything stood. */
  readonly changed: number;
  /** Was the master's secret read? */
  readonly secretRead: boolean;
}

/** Runs the plan as the master; answers how many statements it took. */
export async function runBootstrap(master: SqlClient, wish: BootstrapWish): Promise<number> {
  const found = await readCatalog(master);
  if (found.version < 160_000) {
    throw new SallyportError("BOOTSTRAP_FAILED", {
      message: `PostgreSQL ${found.version} is too old: memberships need version 16 or newer.`,
      next: "choose version 16 or newer for the cluster",
    });
  }
  const { databasesToCreate, transaction } = bootstrapPlan(wish, found);
  for (const statement of databasesToCreate) await master.query(statement);
  await inTransaction(master, transaction);
  return databasesToCreate.length + transaction.length;
}

/**
 * Makes sure that the provisioner stands, with all it needs.
 *
 * First the provisioner's own login: 28P01 says that it does not exist, and only then is the master's secret read. Where it exists
 * and something is missing (a new database), the master comes by token: PostgreSQL ≥ 16 made it an ADMIN member of the provisioner,
 * which is in `rds_iam`, so under the strict reading the master is an IAM login now. If the engine does not read it so, the
 * token is refused as a wrong password and the secret is the way.
 *
 * @throws SallyportError BOOTSTRAP_FAILED with the database's error as cause; other failures of a login as they are
 */
export async function ensureProvisioner(logins: BootstrapLogins, wish: BootstrapWish): Promise<BootstrapOutcome> {
  const missing = await missingStatements(logins, wish);
  if (missing === 0) return { changed: 0, secretRead: false };
  try {
    const { client, secretRead } = await masterLogin(logins, missing === undefined);
    const changed = await withDatabase(
      async () => client,
      "postgres",
      (master) => runBootstrap(master, wish),
    );
    return { changed, secretRead };
  } catch (cause) {
    if (sqlStateOf(cause) === undefined) throw cause;
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new SallyportError("BOOTSTRAP_FAILED", {
      message: `The master could not set up ${PROVISIONER}: ${text}.`,
      cause,
    });
  }
}

/** How much is missing by the provisioner's own look; undefined when there is no provisioner. */
async function missingStatements(logins: BootstrapLogins, wish: BootstrapWish): Promise<number | undefined> {
  try {
    return await withDatabase(
      () => logins.provisioner(),
      "postgres",
      async (client) => {
        const { databasesToCreate, transaction } = bootstrapPlan(wish, await readCatalog(client));
        return databasesToCreate.length + transaction.length;
      },
    );
  } catch (error) {
    if (isWrongPassword(error)) return undefined;
    throw error;
  }
}

async function masterLogin(
  logins: BootstrapLogins,
  first: boolean,
): Promise<{ client: SqlClient; secretRead: boolean }> {
  if (!first) {
    try {
      return { client: await logins.masterByToken(), secretRead: false };
    } catch (error) {
      if (!isWrongPassword(error)) throw error;
    }
  }
  return { client: await logins.masterByPassword(), secretRead: true };
}

/** 28P01 itself, or an error that was made of it. */
function isWrongPassword(error: unknown): boolean {
  return sqlStateOf(error) === "28P01" || (error instanceof Error && sqlStateOf(error.cause) === "28P01");
}
