import { PRESET_PRIVILEGES, type ObjectKind } from "../../../infra/contract/preset-privileges";
import type { WantedDatabase, WantedPrivilegeRole } from "../../../infra/contract/wanted-roles";
import type { ObjectCatalog } from "./object-catalog";

/**
 * What the privilege roles of one database lack (pure), one sentence each: schemas, USAGE, privileges on the owner role's objects, and
 * default privileges. Objects of somebody else are left alone.
 *
 * @example ['app.public.orders: "sallyport_app_readonly" lacks SELECT']
 */
export function objectDifferences(
  database: WantedDatabase,
  roles: readonly WantedPrivilegeRole[],
  found: ObjectCatalog,
): string[] {
  const here = roles.filter((role) => role.database === database.name);
  return database.schemas.flatMap((schema) => {
    const place = `${database.name}.${schema}`;
    const facts = found.schemas.find(({ name }) => name === schema);
    if (!facts) return [`${place} does not exist`];
    return here.flatMap((role) => [
      ...(facts.usage.includes(role.name) ? [] : [`${place}: ${JSON.stringify(role.name)} lacks USAGE`]),
      ...(["table", "sequence"] as const).flatMap((kind) => [
        ...defaultsLacking(place, schema, role, kind, found),
        ...objectsLacking(place, schema, role, kind, found),
      ]),
    ]);
  });
}

function defaultsLacking(
  place: string,
  schema: string,
  role: WantedPrivilegeRole,
  kind: ObjectKind,
  found: ObjectCatalog,
): string[] {
  const given = found.defaults.find((each) => each.schema === schema && each.role === role.name && each.kind === kind);
  const missing = lacking(role, kind, given?.privileges ?? []);
  return missing === "" ? [] : [`${place}: ${kind}s to come would not give ${JSON.stringify(role.name)} ${missing}`];
}

function objectsLacking(
  place: string,
  schema: string,
  role: WantedPrivilegeRole,
  kind: ObjectKind,
  found: ObjectCatalog,
): string[] {
  return found.objects
    .filter((object) => object.schema === schema && object.kind === kind)
    .flatMap((object) => {
      const missing = lacking(role, kind, object.grants[role.name] ?? []);
      return missing === "" ? [] : [`${place}.${object.name}: ${JSON.stringify(role.name)} lacks ${missing}`];
    });
}

function lacking({ preset }: WantedPrivilegeRole, kind: ObjectKind, held: readonly string[]): string {
  return PRESET_PRIVILEGES[preset][kind].filter((privilege) => !held.includes(privilege)).join(", ");
}
