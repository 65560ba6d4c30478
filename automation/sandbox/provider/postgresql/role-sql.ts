import type { Json, Props } from "../../account/estate";
import { quoteName, quoteText } from "../../postgres/sql-quote";
import { set, text } from "./types";

/** Truth attributes by input, and PostgreSQL's words for yes; `NO` before them says no. */
const FLAGS: readonly (readonly [string, string])[] = [
  ["superuser", "SUPERUSER"],
  ["createDatabase", "CREATEDB"],
  ["createRole", "CREATEROLE"],
  ["inherit", "INHERIT"],
  ["login", "LOGIN"],
  ["bypassRowLevelSecurity", "BYPASSRLS"],
  ["replication", "REPLICATION"],
];

/** The statements that make a role, in the provider's order. */
export function createRole(inputs: Props): string[] {
  const name = quoteName(text(inputs, "name"));
  const options = [
    ...password(inputs),
    `VALID UNTIL ${quoteText(text(inputs, "validUntil") || "infinity").trim()}`,
    `CONNECTION LIMIT ${limit(inputs)}`,
    ...FLAGS.map(([input, word]) => (inputs[input] === true ? word : `NO${word}`)),
  ];
  return [
    `CREATE ROLE ${name} WITH ${options.join(" ")}`,
    ...set(inputs, "roles").map((group) => `GRANT ${quoteName(group)} TO ${name}`),
    searchPath(inputs),
    ...timeouts({}, inputs),
  ];
}

/**
 * The statements that change a role. Memberships are made anew at every change, whatever changed: all that are live go, those of
 * `roles` come.
 */
export function updateRole(state: Props, inputs: Props, live: readonly string[]): string[] {
  const name = quoteName(text(inputs, "name"));
  const changed = (input: string): boolean => !same(state[input], inputs[input]);
  return [
    ...(changed("name") ? [`ALTER ROLE ${quoteName(text(state, "name"))} RENAME TO ${name}`] : []),
    ...(changed("password") ? password(inputs).map((words) => `ALTER ROLE ${name} WITH ${words}`) : []),
    ...FLAGS.filter(([input]) => changed(input)).map(
      ([input, word]) => `ALTER ROLE ${name} WITH ${inputs[input] === true ? word : `NO${word}`}`,
    ),
    ...(changed("connectionLimit") ? [`ALTER ROLE ${name} CONNECTION LIMIT ${limit(inputs)}`] : []),
    ...(changed("validUntil")
      ? [`ALTER ROLE ${name} VALID UNTIL ${quoteText(text(inputs, "validUntil") || "infinity").trim()}`]
      : []),
    ...live.map((group) => `REVOKE ${quoteName(group)} FROM ${name}`),
    ...set(inputs, "roles").map((group) => `GRANT ${quoteName(group)} TO ${name}`),
    searchPath(inputs),
    ...timeouts(state, inputs),
  ];
}

function searchPath(inputs: Props): string {
  const paths = Array.isArray(inputs["searchPaths"]) ? inputs["searchPaths"].map(String) : [];
  const value = paths.length === 0 ? "DEFAULT" : paths.map(quoteName).join(", ");
  return `ALTER ROLE ${quoteName(text(inputs, "name"))} SET search_path TO ${value}`;
}

function timeouts(state: Props, inputs: Props): string[] {
  const name = quoteName(text(inputs, "name"));
  const settings = [
    ["statementTimeout", "statement_timeout"],
    ["idleInTransactionSessionTimeout", "idle_in_transaction_session_timeout"],
  ] as const;
  return settings.flatMap(([input, setting]) => {
    const wanted = Number(inputs[input] ?? 0);
    if (wanted !== 0) return [`ALTER ROLE ${name} SET ${setting} TO ${wanted}`];
    return Number(state[input] ?? 0) === 0 ? [] : [`ALTER ROLE ${name} RESET ${setting}`];
  });
}

function password(inputs: Props): string[] {
  const given = text(inputs, "password");
  return given === "" ? [] : [`ENCRYPTED PASSWORD ${quoteText(given).trim()}`];
}

function limit(inputs: Props): number {
  return Number(inputs["connectionLimit"] ?? -1);
}

/** Nothing, "", 0 and false are the same to the provider. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  return (a || null) === (b || null);
}
