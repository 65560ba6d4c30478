import { PRESET_PRIVILEGES } from "../contract/preset-privileges";
import type { WantedDatabase, WantedPrivilegeRole, WantedRoles } from "../contract/wanted-roles";

/** Privileges of one privilege role on one kind of object. */
export interface PlannedGrant {
  /** Name of the resource: unique in the stack. */
  readonly key: string;
  readonly role: string;
  readonly database: string;
  /** Absent for `database`. */
  readonly schema?: string;
  readonly objectType: "database" | "schema" | "table" | "sequence";
  readonly privileges: readonly string[];
}

/** The same for what the owner role makes tomorrow. */
export interface PlannedDefault {
  readonly key: string;
  readonly role: string;
  readonly owner: string;
  readonly database: string;
  readonly schema: string;
  readonly objectType: "table" | "sequence";
  readonly privileges: readonly string[];
}

/** Grants and default privileges of one cluster. */
export interface GrantPlan {
  readonly grants: readonly PlannedGrant[];
  readonly defaults: readonly PlannedDefault[];
}

/**
 * One grant per privilege role, schema and kind of object (pure). Persons get none of their own: they are members.
 *
 * @example
 * grantPlan({ databases: [{ name: "app", owner: "app_owner", schemas: ["public"] }], privilegeRoles: [
 *   { name: "sallyport_app_readonly", database: "app", preset: "readonly" }], logins: [] }).grants.map(({ key }) => key)
 * // ["sallyport_app_readonly app", "sallyport_app_readonly app.public schema", "… table", "… sequence"]
 */
export function grantPlan(wanted: Pick<WantedRoles, "databases" | "privilegeRoles">): GrantPlan {
  const pairs = wanted.privilegeRoles.flatMap((role) =>
    wanted.databases.filter(({ name }) => name === role.database).map((database) => ({ role, database })),
  );
  return {
    grants: pairs.flatMap(({ role, database }) => [
      {
        key: `${role.name} ${database.name}`,
        ...onDatabase(role, database),
        objectType: "database",
        privileges: ["CONNECT"],
      },
      ...database.schemas.flatMap((schema) => inSchema(role, database, schema)),
    ]),
    defaults: pairs.flatMap(({ role, database }) =>
      database.schemas.flatMap((schema) =>
        kinds.map((objectType) => ({
          key: `${role.name} ${database.name}.${schema} ${objectType} to come`,
          ...onDatabase(role, database),
          owner: database.owner,
          schema,
          objectType,
          privileges: PRESET_PRIVILEGES[role.preset][objectType],
        })),
      ),
    ),
  };
}

const kinds = ["table", "sequence"] as const;

function inSchema(role: WantedPrivilegeRole, database: WantedDatabase, schema: string): PlannedGrant[] {
  const where = { ...onDatabase(role, database), schema };
  const key = `${role.name} ${database.name}.${schema}`;
  return [
    { key: `${key} schema`, ...where, objectType: "schema", privileges: ["USAGE"] },
    ...kinds.map((objectType) => ({
      key: `${key} ${objectType}`,
      ...where,
      objectType,
      privileges: PRESET_PRIVILEGES[role.preset][objectType],
    })),
  ];
}

function onDatabase(role: WantedPrivilegeRole, database: WantedDatabase): { role: string; database: string } {
  return { role: role.name, database: database.name };
}
