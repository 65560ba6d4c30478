import type { WantedRoles } from "../../../infra/contract/wanted-roles";
import { CANARY } from "../../../infra/contract/names";
import { handOver } from "./departures-plan";
import { inTransaction, withDatabase, type ConnectDatabase } from "./sql-client";
import { identifier } from "./sql-text";

/**
 * Roles that the stack could not make because they stand: a run was cut off after PostgreSQL had made them and before the engine
 * wrote it down, or the state was lost. They are ours: whatever belongs to others was refused before.
 *
 * @param failure text of the engine's failure
 * @example untrackedRoles(wanted, 'error creating role jane: pq: role "jane" already exists') // ["jane"]
 */
export function untrackedRoles(wanted: WantedRoles, failure: string): string[] {
  const names = [...wanted.privilegeRoles, ...wanted.logins].map(({ name }) => name);
  return [...names, CANARY].filter((name) => failure.includes(`role "${name}" already exists`));
}

/**
 * Drops them, so that the next run of the stack makes them again under its care. What they own goes to the owner role first.
 *
 * @returns how many statements were run
 */
export async function dropRoles(
  connect: ConnectDatabase,
  wanted: Pick<WantedRoles, "databases">,
  names: readonly string[],
): Promise<number> {
  let count = 0;
  for (const database of wanted.databases) {
    const statements = handOver(names, database);
    await withDatabase(connect, database.name, (client) => inTransaction(client, statements));
    count += statements.length;
  }
  const drops = names.map((name) => `DROP ROLE ${identifier(name)}`);
  await withDatabase(connect, "postgres", (client) => inTransaction(client, drops));
  return count + drops.length;
}
