import type { Json, Props } from "../../account/estate";
import { quoteName, quoteText } from "../../postgres/sql-quote";
import type { Statement } from "./session";
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
const TIMEOUTS = [
  ["statementTimeout", "statement_timeout"],
  ["idleInTransactionSessionTimeout", "idle_in_transaction_session_timeout"],
] as const;

/** The statements that make a role, in the provider's order. */
export function createRole(inputs: Props): Statement[] {
  const name = text(inputs, "name");
  const options = [
    ...passwordOption(inputs),
    `VALID UNTIL ${quoteText(text(inputs, "validUntil") || "infinity").trim()}`,
    `CONNECTION LIMIT ${limit(inputs)}`,
    ...FLAGS.map(([input, word]) => (inputs[input] === true ? word : `NO${word}`)),
  ];
  return [
    { failure: `error creating role ${name}`, sql: `CREATE ROLE ${quoteName(name)} WITH ${options.join(" ")}` },
    ...grants(inputs),
    searchPath(inputs),
    ...configuration({}, inputs),
  ];
}

/**
 * The statements that change a role. Memberships are made anew at every change, whatever changed: all that are live go, those of
 * `roles` come.
 */
export function updateRole(state: Props, inputs: Props, live: readonly string[]): Statement[] {
  const [before, name] = [text(state, "name"), text(inputs, "name")];
  const changed = (input: string): boolean => !same(state[input], inputs[input]);
  const alter = (what: string, words: string): Statement => ({
    failure: `error updating role ${what}`,
    sql: `ALTER ROLE ${quoteName(name)} ${words}`,
  });
  const validUntil = text(inputs, "validUntil");
  return [
    ...(changed("name")
      ? [{ failure: "error updating role NAME", sql: `ALTER ROLE ${quoteName(before)} RENAME TO ${quoteName(name)}` }]
      : []),
    // A new name makes an MD5 password useless: the provider sets it again.
    ...(changed("password") || changed("passwordWoVersion") || changed("name")
      ? [alter("password", `PASSWORD ${quoteText(password(inputs)).trim()}`)]
      : []),
    ...(changed("connectionLimit") ? [alter("CONNECTION LIMIT", `CONNECTION LIMIT ${limit(inputs)}`)] : []),
    ...FLAGS.filter(([input]) => changed(input)).map(([input, word]) =>
      alter(word, `WITH ${inputs[input] === true ? word : `NO${word}`}`),
    ),
    ...(changed("validUntil") && validUntil !== ""
      ? [alter("VALID UNTIL", `VALID UNTIL ${quoteText(validUntil).trim()}`)]
      : []),
    ...live.map((group) => ({
      failure: `could not revoke role ${group} from ${name}`,
      sql: `REVOKE ${quoteName(group)} FROM ${quoteName(name)}`,
    })),
    ...grants(inputs),
    searchPath(inputs),
    ...configuration(state, inputs),
  ];
}

function grants(inputs: Props): Statement[] {
  const name = text(inputs, "name");
  return set(inputs, "roles").map((group) => ({
    failure: `could not grant role ${group} to ${name}`,
    sql: `GRANT ${quoteName(group)} TO ${quoteName(name)}`,
  }));
}

/** @throws Error for a path that could not be read back: what is read is split at `, ` */
function searchPath(inputs: Props): Statement {
  const [name, given] = [text(inputs, "name"), inputs["searchPaths"]];
  const paths = Array.isArray(given) ? given.map(String) : [];
  const bad = paths.find((path) => path.includes(", "));
  if (bad !== undefined) throw new Error(`search_path cannot contain \`, \`: ${bad}`);
  const value = paths.length === 0 ? "DEFAULT" : paths.map(quoteName).join(", ");
  return {
    failure: `could not set search_path ${value} for ${name}`,
    sql: `ALTER ROLE ${quoteName(name)} SET search_path TO ${value}`,
  };
}

/** Timeouts and the role to switch to at login, where they change. */
function configuration(state: Props, inputs: Props): Statement[] {
  const name = text(inputs, "name");
  const role = quoteName(name);
  const timeouts = TIMEOUTS.flatMap(([input, setting]): Statement[] => {
    if (same(state[input], inputs[input])) return [];
    const wanted = Number(inputs[input] ?? 0);
    return wanted === 0
      ? [{ failure: `could not reset ${setting} for ${name}`, sql: `ALTER ROLE ${role} RESET ${setting}` }]
      : [
          {
            failure: `could not set ${setting} ${wanted} for ${name}`,
            sql: `ALTER ROLE ${role} SET ${setting} TO ${wanted}`,
          },
        ];
  });
  if (same(state["assumeRole"], inputs["assumeRole"])) return timeouts;
  const other = text(inputs, "assumeRole");
  return [
    ...timeouts,
    other === ""
      ? { failure: `could not reset role for ${name}`, sql: `ALTER ROLE ${role} RESET ROLE` }
      : {
          failure: `could not set role ${other} for ${name}`,
          sql: `ALTER ROLE ${role} SET ROLE TO ${quoteName(other)}`,
        },
  ];
}

function passwordOption(inputs: Props): string[] {
  const given = password(inputs);
  if (given === "") return [];
  if (given.toUpperCase() === "NULL") return ["PASSWORD NULL"];
  const kind = inputs["encryptedPassword"] === false ? "UNENCRYPTED" : "ENCRYPTED";
  return [`${kind} PASSWORD ${quoteText(given).trim()}`];
}

function password(inputs: Props): string {
  return text(inputs, "passwordWo") || text(inputs, "password");
}

function limit(inputs: Props): number {
  return Number(inputs["connectionLimit"] ?? -1);
}

/** Nothing, "", 0 and false are the same to the provider. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  return (a || null) === (b || null);
}
