type Variables = Readonly<Record<string, string | undefined>>;

/** Where a PostgreSQL client shall go, and as whom. */
export interface LocalAddress {
  /** `127.0.0.1`, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/**
 * Variables of libpq that would lead elsewhere, or ask of a loopback connection what only the real server has (PostgreSQL
 * documentation, "Environment Variables" of libpq). What says how to work (PGOPTIONS, PGAPPNAME, PGTZ, …) stays.
 */
const ELSEWHERE =
  /^(PGHOST|PGHOSTADDR|PGPORT|PGDATABASE|PGUSER|PGPASSWORD|PGPASSFILE|PGSERVICE|PGSERVICEFILE|PGREQUIRE\w+|PGCHANNELBINDING|PGSSL\w+|PGGSS\w+|PGKRBSRVNAME|PGTARGETSESSIONATTRS|PGLOADBALANCEHOSTS|DATABASE_URL)$/;

/** The local side's variables, without the secret. TLS ends here: the way on is encrypted and verified by Sallyport. */
export function addressVariables({ host, port, user, database }: LocalAddress): Record<string, string> {
  return { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGSSLMODE: "disable" };
}

/**
 * The environment of a child: what we were given, less what leads elsewhere, and PG* for the local port. `url`: DATABASE_URL too,
 * which holds the secret.
 *
 * @example clientEnvironment({PGSERVICE: "prod", HOME: "/h"}, at, "s", false) // {HOME: "/h", PGHOST: "127.0.0.1", …}
 */
export function clientEnvironment(
  inherited: Variables,
  at: LocalAddress,
  secret: string,
  url: boolean,
): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ELSEWHERE.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    ...addressVariables(at),
    PGPASSWORD: secret,
    ...(url ? { DATABASE_URL: databaseUrl(at, secret) } : {}),
  };
}

/** @example postgresql://jane%40example.com:SECRET@127.0.0.1:20123/app?sslmode=disable */
function databaseUrl({ host, port, user, database }: LocalAddress, secret: string): string {
  const name = `${encodeURIComponent(user)}:${encodeURIComponent(secret)}`;
  return `postgresql://${name}@${host}:${port}/${encodeURIComponent(database)}?sslmode=disable`;
}
