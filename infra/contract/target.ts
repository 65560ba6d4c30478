import { HYPHEN_NAME, SQL_NAME } from "./grammar";

/** What a person asks to reach: `cluster[/database][@reader]`. */
export interface Target {
  readonly cluster: string;
  readonly database?: string;
  readonly endpoint: "writer" | "reader";
}

/**
 * Reads a target; undefined if the text is none.
 *
 * @example parseTarget("app/billing@reader") // {cluster: "app", database: "billing", endpoint: "reader"}
 */
export function parseTarget(text: string): Target | undefined {
  const match = /^([^/@]+)(?:\/([^/@]+))?(@reader)?$/.exec(text);
  const [cluster, database] = [match?.[1], match?.[2]];
  if (cluster === undefined || !HYPHEN_NAME.test(cluster)) return undefined;
  if (database !== undefined && !SQL_NAME.test(database)) return undefined;
  const endpoint = match?.[3] === undefined ? "writer" : "reader";
  return database === undefined ? { cluster, endpoint } : { cluster, database, endpoint };
}

/** The opposite of parseTarget. */
export function formatTarget(target: Target): string {
  const database = target.database === undefined ? "" : `/${target.database}`;
  return `${target.cluster}${database}${target.endpoint === "reader" ? "@reader" : ""}`;
}

/** A role's `on` key: cluster and database, each a name or `*` for all. */
export interface TargetPattern {
  readonly cluster: string;
  readonly database: string;
}

/**
 * Reads an `on` key; undefined if the text is none.
 *
 * @example parsePattern("app/*") // {cluster: "app", database: "*"}
 */
export function parsePattern(text: string): TargetPattern | undefined {
  const [cluster, database, more] = text.split("/");
  if (cluster === undefined || database === undefined || more !== undefined) return undefined;
  if (cluster !== "*" && !HYPHEN_NAME.test(cluster)) return undefined;
  if (database !== "*" && !SQL_NAME.test(database)) return undefined;
  return { cluster, database };
}

/** True if a pattern covers a database of a cluster. */
export function patternCovers(pattern: TargetPattern, cluster: string, database: string): boolean {
  return (
    (pattern.cluster === "*" || pattern.cluster === cluster) &&
    (pattern.database === "*" || pattern.database === database)
  );
}
