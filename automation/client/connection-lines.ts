import type { LocalAddress } from "./client-environment";

/** How common clients are told to come; none of it holds the secret. */
export interface ConnectionLines {
  /** A line for a shell. */
  readonly psql: string;
  /** Undefined for a socket: the JDBC driver has none. */
  readonly jdbc: string | undefined;
}

/**
 * What to type for a local address. `secretFile` left out: a socket that needs no secret.
 *
 * @example
 * // PGPASSWORD="$(cat '/h/proxy-secret')" psql 'host=127.0.0.1 port=20123 user=jane@example.com dbname=app sslmode=disable'
 * // jdbc:postgresql://127.0.0.1:20123/app?user=jane%40example.com&sslmode=disable
 */
export function connectionLines(at: LocalAddress, secretFile: string | undefined): ConnectionLines {
  const parts = [
    `host=${conninfoValue(at.host)}`,
    `port=${at.port}`,
    `user=${conninfoValue(at.user)}`,
    `dbname=${conninfoValue(at.database)}`,
    ...(secretFile === undefined ? [] : ["sslmode=disable"]),
  ];
  const psql = `psql ${shellWord(parts.join(" "))}`;
  if (secretFile === undefined) return { psql, jdbc: undefined };
  const query = `user=${encodeURIComponent(at.user)}&sslmode=disable`;
  return {
    psql: `PGPASSWORD="$(cat ${shellWord(secretFile)})" ${psql}`,
    jdbc: `jdbc:postgresql://${at.host}:${at.port}/${encodeURIComponent(at.database)}?${query}`,
  };
}

/**
 * `export` lines for a POSIX shell; the secret is read from its file when they are run.
 *
 * @example exportLines({PGPORT: "20123"}, "/h/proxy-secret") // export PGPORT='20123'\nexport PGPASSWORD="$(cat '/h/proxy-secret')"\n
 */
export function exportLines(variables: Readonly<Record<string, string>>, secretFile: string | undefined): string {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(value)}`);
  if (secretFile !== undefined) lines.push(`export PGPASSWORD="$(cat ${shellWord(secretFile)})"`);
  return `${lines.join("\n")}\n`;
}

/** A value of a connection string: quoted where libpq needs it (PostgreSQL documentation, "Keyword/Value Connection Strings"). */
function conninfoValue(value: string): string {
  return /^[^\s'\\]+$/.test(value) ? value : `'${value.replace(/['\\]/g, "\\$&")}'`;
}

/** One word of a POSIX shell, whatever is in it. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
