import type { Props } from "../../account/estate";
import { quoteName } from "../../postgres/sql-quote";
import { set, text } from "./types";

/** A role in GRANT and REVOKE: `public` is everybody. */
export function grantee(role: string): string {
  return role === "public" ? "PUBLIC" : quoteName(role);
}

/** Object types of Grant, and how their statements name "all in a schema". */
const ALL_IN_SCHEMA: Readonly<Record<string, string>> = {
  table: "TABLES",
  sequence: "SEQUENCES",
  function: "FUNCTIONS",
  procedure: "PROCEDURES",
  routine: "ROUTINES",
};

/** Object types that this stand-in serves; the provider has more. */
export const GRANT_TYPES = ["database", "schema", ...Object.keys(ALL_IN_SCHEMA)];

/**
 * What a Grant is on.
 *
 * @example onObjects({ objectType: "table", schema: "public" }) // 'ALL TABLES IN SCHEMA "public"'
 */
export function onObjects(inputs: Props): string {
  const [kind, schema, objects] = [text(inputs, "objectType"), text(inputs, "schema"), set(inputs, "objects")];
  if (kind === "database") return `DATABASE ${quoteName(text(inputs, "database"))}`;
  if (kind === "schema") return `SCHEMA ${quoteName(schema)}`;
  if (objects.length === 0) return `ALL ${ALL_IN_SCHEMA[kind] ?? ""} IN SCHEMA ${quoteName(schema)}`;
  return `${kind.toUpperCase()} ${objects.map((name) => `${quoteName(schema)}.${quoteName(name)}`).join(",")}`;
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  database: ["ALL", "CREATE", "CONNECT", "TEMPORARY"],
  schema: ["ALL", "CREATE", "USAGE"],
  table: ["ALL", "SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
  sequence: ["ALL", "USAGE", "SELECT", "UPDATE"],
  function: ["ALL", "EXECUTE"],
  procedure: ["ALL", "EXECUTE"],
  routine: ["ALL", "EXECUTE"],
  type: ["ALL", "USAGE"],
};

/** Refuses a privilege word as the provider does: when it is applied, never before. */
export function checkWords(inputs: Props): void {
  const kind = text(inputs, "objectType");
  for (const word of set(inputs, "privileges"))
    if (!WORDS[kind]?.includes(word)) throw new Error(`${word} is not an allowed privilege for object type ${kind}`);
}

/** What ALL means in the provider's own list; `MAINTAIN` is not in it. */
export function meant(kind: string, privileges: readonly string[]): string[] {
  const words = privileges.includes("ALL") ? (WORDS[kind] ?? []).filter((word) => word !== "ALL") : privileges;
  return [...words].sort();
}
