import type { ObjectCatalog } from "./object-catalog";
import { identifier } from "./sql-text";
import type { WantedDatabase, WantedPrivilegeRole } from "./wanted-roles";

type Kind = "table" | "sequence";

/** What the presets mean. Functions stay with PUBLIC's EXECUTE; `owner` needs no grant: its members are the owner. */
export const PRESET_PRIVILEGES: Readonly<
  Record<WantedPrivilegeRole["preset"], Readonly<Record<Kind, readonly string[]>>>
> = {
  readonly: { table: ["SELECT"], sequence: ["SELECT"] },
  readwrite: { table: ["SELECT", "INSERT", "UPDATE", "DELETE"], sequence: ["SELECT", "USAGE"] },
};

/**
 * Plans what is missing inside one database (pure): schemas, USAGE, privileges on the owner role's objects, and default
 * privileges, so that tomorrow's tables are readable too. Objects that somebody else owns are left alone.
 *
 * The statements are the owner role's. The provisioner has ADMIN on it and nothing else, so the transaction that `asOwner` makes
 * takes SET first and gives it back last.
 */
export function privilegesPlan(
  database: WantedDatabase,
  roles: readonly WantedPrivilegeRole[],
  found: ObjectCatalog,
): string[] {
  const here = roles.filter((role) => role.database === database.name);
  return asOwner(database.owner, [
    ...database.schemas
      .filter((schema) => !found.schemas.some(({ name }) => name === schema))
      .map((schema) => `CREATE SCHEMA ${identifier(schema)}`),
    ...here.flatMap((role) => database.schemas.flatMap((schema) => schemaPrivileges(schema, role, found))),
  ]);
}

/** Wraps statements so that the provisioner runs them as the owner role; none stay none. */
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

function schemaPrivileges(schema: string, role: WantedPrivilegeRole, found: ObjectCatalog): string[] {
  const usage = found.schemas.some(({ name, usage }) => name === schema && usage.includes(role.name));
  return [
    ...(usage ? [] : [`GRANT USAGE ON SCHEMA ${identifier(schema)} TO ${identifier(role.name)}`]),
    ...(["table", "sequence"] as const).flatMap((kind) => [
      ...defaultPrivileges(schema, role, kind, found),
      ...objectPrivileges(schema, role, kind, found),
    ]),
  ];
}

/** Before the grants on what exists, so that nothing made in between is missed. */
function defaultPrivileges(schema: string, role: WantedPrivilegeRole, kind: Kind, found: ObjectCatalog): string[] {
  const held =
    found.defaults.find((each) => each.schema === schema && each.role === role.name && each.kind === kind)
      ?.privileges ?? [];
  const missing = PRESET_PRIVILEGES[role.preset][kind].filter((privilege) => !held.includes(privilege));
  if (missing.length === 0) return [];
  return [
    `ALTER DEFAULT PRIVILEGES IN SCHEMA ${identifier(schema)} GRANT ${missing.join(", ")} ON ${kind.toUpperCase()}S TO ${identifier(role.name)}`,
  ];
}

function objectPrivileges(schema: string, role: WantedPrivilegeRole, kind: Kind, found: ObjectCatalog): string[] {
  const privileges = PRESET_PRIVILEGES[role.preset][kind];
  const lacking = found.objects.filter(
    (object) =>
      object.schema === schema &&
      object.kind === kind &&
      !privileges.every((privilege) => object.grants[role.name]?.includes(privilege)),
  );
  if (lacking.length === 0) return [];
  const names = lacking.map(({ name }) => `${identifier(schema)}.${identifier(name)}`).join(", ");
  return [`GRANT ${privileges.join(", ")} ON ${kind.toUpperCase()} ${names} TO ${identifier(role.name)}`];
}
