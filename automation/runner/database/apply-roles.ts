import { SallyportError } from "../../core/errors";
import { readCatalog } from "./catalog";
import { loginRolesPlan } from "./login-roles-plan";
import { readObjectCatalog } from "./object-catalog";
import { privilegesPlan } from "./privileges-plan";
import { inTransaction, withDatabase, type ConnectDatabase } from "./sql-client";
import type { WantedRoles } from "./wanted-roles";

/**
 * Brings a cluster's roles and privileges to what is wanted, as the provisioner. Each database and the roles are a transaction of
 * their own; running again continues. The second run finds nothing to do.
 *
 * @returns how many statements were run
 * @throws SallyportError DB_ROLE_TAKEN if a name belongs to somebody else; nothing was changed then
 */
export async function applyRoles(connect: ConnectDatabase, wanted: WantedRoles): Promise<number> {
  let changed = await withDatabase(connect, "postgres", async (client) => {
    const { statements, refusals } = loginRolesPlan(wanted, await readCatalog(client));
    if (refusals.length > 0) throw taken(refusals);
    await inTransaction(client, statements);
    return statements.length;
  });
  for (const database of wanted.databases) {
    changed += await withDatabase(connect, database.name, async (client) => {
      const statements = privilegesPlan(database, wanted.privilegeRoles, await readObjectCatalog(client, database));
      await inTransaction(client, statements);
      return statements.length;
    });
  }
  return changed;
}

function taken(refusals: readonly string[]): SallyportError {
  return new SallyportError("DB_ROLE_TAKEN", {
    message: `The database has roles of these names already: ${refusals.join("; ")}.`,
    likely: "A user name was given to a new person, or somebody made the role by hand.",
  });
}
