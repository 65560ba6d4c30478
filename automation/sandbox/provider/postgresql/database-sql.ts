import type { Props } from "../../account/estate";
import { quoteName, quoteText } from "../../postgres/sql-quote";
import type { Statement } from "./session";
import { text } from "./types";

/**
 * The statement that makes a database, in the provider's order of words.
 *
 * @param me owner where none is given
 */
export function createDatabase(inputs: Props, me: string): Statement {
  const name = text(inputs, "name");
  const words = [
    `CREATE DATABASE ${quoteName(name)} OWNER ${quoteName(text(inputs, "owner") || me)}`,
    `TEMPLATE ${orDefault(text(inputs, "template") || "template0", quoteName)}`,
    `ENCODING ${orDefault(text(inputs, "encoding") || "UTF8", literal)}`,
    ...optional("LC_COLLATE", text(inputs, "lcCollate"), literal),
    ...optional("LC_CTYPE", text(inputs, "lcCtype"), literal),
    ...optional("TABLESPACE", text(inputs, "tablespaceName"), quoteName),
    `ALLOW_CONNECTIONS ${String(inputs["allowConnections"] !== false)}`,
    `CONNECTION LIMIT ${Number(inputs["connectionLimit"] ?? -1)}`,
    `IS_TEMPLATE ${String(inputs["isTemplate"] === true)}`,
  ];
  return { failure: `error creating database ${JSON.stringify(name)}`, sql: words.join(" ") };
}

/** The statements that change a database once its name and its owner are the new ones. */
export function alterDatabase(state: Props, inputs: Props): Statement[] {
  const name = quoteName(text(inputs, "name"));
  const changed = (key: string): boolean => inputs[key] !== undefined && inputs[key] !== state[key];
  const tablespace = text(inputs, "tablespaceName");
  const statements: readonly (readonly [string, string, string])[] = [
    [
      "tablespaceName",
      "TABLESPACE",
      tablespace.toUpperCase() === "DEFAULT" ? "RESET TABLESPACE" : `SET TABLESPACE ${quoteName(tablespace || "-")}`,
    ],
    ["connectionLimit", "CONNECTION LIMIT", `CONNECTION LIMIT = ${Number(inputs["connectionLimit"] ?? -1)}`],
    ["allowConnections", "ALLOW_CONNECTIONS", `ALLOW_CONNECTIONS ${String(inputs["allowConnections"] !== false)}`],
    ["isTemplate", "IS_TEMPLATE", `IS_TEMPLATE ${String(inputs["isTemplate"] === true)}`],
  ];
  return statements
    .filter(([key]) => changed(key))
    .map(([, what, words]) => ({ failure: `error updating database ${what}`, sql: `ALTER DATABASE ${name} ${words}` }));
}

function optional(word: string, value: string, quote: (value: string) => string): string[] {
  return value === "" ? [] : [`${word} ${orDefault(value, quote)}`];
}

function orDefault(value: string, quote: (value: string) => string): string {
  return value.toUpperCase() === "DEFAULT" ? "DEFAULT" : quote(value);
}

function literal(value: string): string {
  return quoteText(value).trim();
}
