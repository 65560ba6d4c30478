import type { Props } from "../../account/estate";
import { UNKNOWN } from "../protocol/values";

/** How one provider instance reaches PostgreSQL. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Where Role and GrantRole run. */
  readonly database: string;
  readonly connectTimeoutMs: number;
  /** The role that grants are made as, where login and database names differ. */
  readonly me: string;
  /** Whether the program says that the connected role is a superuser: it then reads passwords. */
  readonly superuser: boolean;
  /** Arguments that a preview does not know yet: everything works but a connection. */
  readonly unknown: readonly string[];
}

const SSL_MODES = ["disable", "require", "verify-ca", "verify-full"];

/**
 * The settings of a provider instance: its arguments (text, as the engine sends them), then the PG* variables that a plugin inherits,
 * then the defaults of the provider. Nothing of it is written to a state.
 *
 * @throws Error for what the provider refuses, and for what this stand-in does not do
 * @example readSettings({ sslmode: "disable" }, { PGHOST: "127.0.0.1", PGPORT: "6515" }).port // 6515
 */
export function readSettings(args: Props, environment: Readonly<Record<string, string | undefined>>): Settings {
  const unknown = Object.keys(args).filter((name) => args[name] === UNKNOWN);
  const text = (name: string, variable: string, otherwise: string): string => {
    const given = unknown.includes(name) ? "" : args[name];
    return typeof given === "string" && given !== "" ? given : (environment[variable] ?? otherwise);
  };
  const sslmode = unknown.includes("sslmode") ? "disable" : text("sslmode", "PGSSLMODE", "require");
  if (!SSL_MODES.includes(sslmode))
    throw new Error(
      `unsupported sslmode "${sslmode}"; only ${SSL_MODES.map((mode) => `"${mode}"`).join(", ")} supported`,
    );
  if (sslmode !== "disable")
    throw new Error(
      `the sandbox does not simulate sslmode "${sslmode}": the way to it is our own proxy, write "disable"`,
    );
  const host = text("host", "PGHOST", "localhost");
  // The provider takes such a host for 127.0.0.1:5432 without a word; nobody means that.
  if (host.includes("/")) throw new Error(`unix sockets cannot be used: host ${JSON.stringify(host)}`);
  const user = text("username", "PGUSER", "postgres");
  return {
    host,
    port: number("port", text("port", "PGPORT", "5432")),
    user,
    password: text("password", "PGPASSWORD", ""),
    database: text("database", "PGDATABASE", "postgres"),
    connectTimeoutMs: number("connectTimeout", text("connectTimeout", "PGCONNECT_TIMEOUT", "180")) * 1000,
    me: text("databaseUsername", "", user),
    superuser: args["superuser"] !== false && args["superuser"] !== "false",
    unknown,
  };
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name}: expected a number, got ${JSON.stringify(text)}`);
  return value;
}
