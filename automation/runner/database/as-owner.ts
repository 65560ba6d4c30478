import type { WantedDatabase } from "../../../infra/contract/wanted-roles";
import type { ObjectCatalog } from "./object-catalog";
import { identifier } from "./sql-text";

/** Schemas that the configuration names and the database lacks; the owner role's statements. */
export function missingSchemas(database: WantedDatabase, found: Pick<ObjectCatalog, "schemas">): string[] {
  return database.schemas
    .filter((schema) => !found.schemas.some(({ name }) => name === schema))
    .map((schema) => `CREATE SCHEMA ${identifier(schema)}`);
}

/**
 * Wraps statements so that the provisioner runs them as the owner role; none stay none. The provisioner has ADMIN on it and nothing
 * else, so the transaction takes SET first and gives it back last.
 */
export function asOwner(owner: string, statements: readonly string[]): string[] {
  if (statements.length === 0) return [];
  const role = identifier(owner);
  return [
    `GRANT ${role} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE`,
    `SET LOCAL ROLE ${role}`,
    ...statements,
    "RESET ROLE",
    `REVOKE ${role} FROM CURRENT_USER GRANTED BY CURRENT_USER`,
  ];
}
