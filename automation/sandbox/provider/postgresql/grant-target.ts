import type { Props } from "../../account/estate";
import { quoteName } from "../../postgres/sql-quote";
import { set, text } from "./types";

/** A role in GRANT and REVOKE: `public` is everybody. */
export function grantee(role: string): string {
  return role === "public" ? "PUBLIC" : quoteName(role);
}

/** Object types of Grant that name "all in a schema", and how. */
const ALL_IN_SCHEMA: Readonly<Record<string, string>> = {
  table: "TABLES",
  sequence: "SEQUENCES",
  function: "FUNCTIONS",
  procedure: "PROCEDURES",
  routine: "ROUTINES",
};
/** Object types that belong to no schema. */
const OUTSIDE = ["database", "foreign_data_wrapper", "foreign_server"];

/** Object types of Grant, in the provider's order. */
export const GRANT_TYPES: readonly string[] = [
  "database",
  "schema",
  ...Object.keys(ALL_IN_SCHEMA),
  "foreign_data_wrapper",
  "foreign_server",
  "column",
];

/** Whether what a Grant is on lies in a schema, or is one. */
export function inSchema(kind: string): boolean {
  return !OUTSIDE.includes(kind);
}

/**
 * What a Grant is on.
 *
 * @example onObjects({ objectType: "table", schema: "public" }) // 'ALL TABLES IN SCHEMA "public"'
 */
export function onObjects(inputs: Props): string {
  const [kind, schema, objects] = [text(inputs, "objectType"), text(inputs, "schema"), set(inputs, "objects")];
  const named = (name: string): string => `${quoteName(schema)}.${objectName(kind, name)}`;
  switch (kind) {
    case "database":
      return `DATABASE ${quoteName(text(inputs, "database"))}`;
    case "schema":
      return `SCHEMA ${quoteName(schema)}`;
    case "foreign_data_wrapper":
      return `FOREIGN DATA WRAPPER ${quoteName(objects[0] ?? "")}`;
    case "foreign_server":
      return `FOREIGN SERVER ${quoteName(objects[0] ?? "")}`;
    case "column":
      return `TABLE ${objects.map(named).join(",")}`;
    default:
      return objects.length === 0
        ? `ALL ${ALL_IN_SCHEMA[kind] ?? ""} IN SCHEMA ${quoteName(schema)}`
        : `${kind.toUpperCase()} ${objects.map(named).join(",")}`;
  }
}

/** `undefined`: nothing to grant. */
export function grantSql(inputs: Props): string | undefined {
  const privileges = set(inputs, "privileges");
  if (privileges.length === 0) return undefined;
  const option = inputs["withGrantOption"] === true ? " WITH GRANT OPTION" : "";
  const to = grantee(text(inputs, "role"));
  return `GRANT ${privileges.join(",")}${columnList(inputs)} ON ${onObjects(inputs)} TO ${to}${option}`;
}

/**
 * All privileges of the kind; of named objects only those that were listed, so that grants on columns stay.
 *
 * @returns `undefined`: nothing to revoke
 */
export function revokeSql(inputs: Props): string | undefined {
  const [kind, listed] = [text(inputs, "objectType"), set(inputs, "privileges")];
  if (kind === "column" && (listed.length === 0 || set(inputs, "columns").length === 0)) return undefined;
  const some = kind === "column" || (kind in ALL_IN_SCHEMA && set(inputs, "objects").length > 0);
  const words = some && listed.length > 0 ? listed.join(",") : "ALL PRIVILEGES";
  return `REVOKE ${words}${columnList(inputs)} ON ${onObjects(inputs)} FROM ${grantee(text(inputs, "role"))}`;
}

function columnList(inputs: Props): string {
  if (text(inputs, "objectType") !== "column") return "";
  return ` (${set(inputs, "columns").map(quoteName).join(",")})`;
}

/** A function may be named with its argument types, which are no part of its name: `f(text, int)`. */
function objectName(kind: string, name: string): string {
  const [, own, types] = /^([^(]+)(\([\w\s,."[\]]*\))$/.exec(name) ?? [];
  if (own === undefined || !["function", "procedure", "routine"].includes(kind)) return quoteName(name);
  return `${quoteName(own)}${types ?? ""}`;
}
