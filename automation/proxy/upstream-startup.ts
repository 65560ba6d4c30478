import type { ProxyUpstream } from "./proxy-contract";
import type { StartupParameter } from "./wire/first-packet";

/** NAMEDATALEN - 1: PostgreSQL cuts a longer application_name, bytes. */
const LONGEST_NAME = 63;

/**
 * Parameters for the database: the login role as user, the client's database or the usual one, the suffixed application_name; all
 * others as they came.
 *
 * @example user=jane application_name=psql, suffix "sallyport developer" → application_name=psql (sallyport developer)
 */
export function upstreamParameters(
  asked: readonly StartupParameter[],
  upstream: Pick<ProxyUpstream, "user" | "database" | "applicationName">,
): StartupParameter[] {
  const replaced = new Map<string, Buffer>([["user", Buffer.from(upstream.user)]]);
  // An empty name is none to PostgreSQL as well.
  const database = last(asked, "database");
  replaced.set("database", database && database.length > 0 ? database : Buffer.from(upstream.database));
  if (upstream.applicationName !== undefined) {
    const own = last(asked, "application_name")?.toString("utf8") ?? "";
    replaced.set("application_name", Buffer.from(suffixed(own, upstream.applicationName)));
  }
  const others = asked.filter(({ name }) => !replaced.has(name));
  return [...[...replaced].map(([name, value]) => ({ name, value })), ...others];
}

/** The client's own name is cut rather than the suffix, which says whose connection it is. */
function suffixed(own: string, suffix: string): string {
  if (own === "") return suffix;
  let kept = own;
  while (kept !== "" && Buffer.byteLength(`${kept} (${suffix})`) > LONGEST_NAME) kept = [...kept].slice(0, -1).join("");
  return `${kept} (${suffix})`;
}

function last(parameters: readonly StartupParameter[], name: string): Buffer | undefined {
  return parameters.findLast((each) => each.name === name)?.value;
}
