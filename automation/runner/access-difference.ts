import type { AccessMatrix, Grant } from "../../infra/contract/access-matrix";

/** One privilege that a login gains or loses. */
export interface AccessChange {
  readonly kind: "gained" | "lost";
  readonly loginName: string;
  readonly cluster: string;
  readonly database: string;
  readonly role: string;
  readonly until: string | undefined;
}

/**
 * Who gains and who loses what, between the matrix of the last run (absent at the first) and this one. Sorted by login, so that
 * two runs over the same files say the same. A changed end counts as lost and gained.
 */
export function accessDifference(before: AccessMatrix | undefined, after: AccessMatrix): AccessChange[] {
  const [old, now] = [grantsOf(before), grantsOf(after)];
  const lost = [...old].filter(([key]) => !now.has(key)).map(([, change]) => ({ ...change, kind: "lost" as const }));
  const gained = [...now]
    .filter(([key]) => !old.has(key))
    .map(([, change]) => ({ ...change, kind: "gained" as const }));
  return [...lost, ...gained].sort(
    (a, b) => compare(a.loginName, b.loginName) || compare(b.kind, a.kind) || compare(a.role, b.role),
  );
}

/**
 * A change as people read it.
 *
 * @example "+ jane@example.com         app/app        developer"
 */
export function changeText(change: AccessChange): string {
  const end = change.until === undefined ? "" : `   until ${change.until}`;
  return `${change.kind === "gained" ? "+" : "−"} ${change.loginName.padEnd(28)} ${`${change.cluster}/${change.database}`.padEnd(14)} ${change.role}${end}`;
}

function grantsOf(matrix: AccessMatrix | undefined): Map<string, Omit<AccessChange, "kind">> {
  const found = new Map<string, Omit<AccessChange, "kind">>();
  for (const login of matrix?.logins ?? [])
    for (const grant of login.grants)
      found.set(keyOf(login.loginName, grant), {
        loginName: login.loginName,
        cluster: grant.cluster,
        database: grant.database,
        role: grant.role,
        until: grant.until,
      });
  return found;
}

function keyOf(loginName: string, grant: Grant): string {
  return JSON.stringify([loginName, grant.cluster, grant.database, grant.role, grant.preset, grant.until ?? ""]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
