import type { EnvironmentRole, RolePrincipal } from "./environment-access";
import type { Problem } from "./result";

/**
 * When a role ends, as its permission set's policy can say it. All who get a role share one set, and the policy tells them apart
 * by the user name alone: so one date may end the role for everybody, and earlier dates may end it for single persons.
 */
export interface RoleEnds {
  /** The role's last end; absent while any principal keeps it for ever. */
  readonly everybody?: string;
  /** Earlier ends of persons, by date: sorted by date, names sorted. */
  readonly persons: readonly { readonly until: string; readonly userNames: readonly string[] }[];
}

/**
 * The ends of a role. A person's own end holds even when a group that the person is in keeps the role: Deny wins.
 *
 * @example two persons until 2027, a group without end → {persons: [{until: "2027-…", userNames: ["a", "b"]}]}
 */
export function roleEnds(principals: readonly RolePrincipal[]): RoleEnds {
  const everybody = lastEnd(principals);
  const byDate = new Map<string, string[]>();
  for (const { kind, name, until } of principals) {
    if (kind !== "person" || until === undefined || until === everybody) continue;
    byDate.set(until, [...(byDate.get(until) ?? []), name]);
  }
  const persons = [...byDate]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([until, names]) => ({ until, userNames: names.sort() }));
  return everybody === undefined ? { persons } : { everybody, persons };
}

/** A group's end that differs from the role's cannot be said: a policy does not see groups. */
export function roleEndProblems(role: EnvironmentRole): Problem[] {
  const everybody = lastEnd(role.principals);
  return role.principals
    .filter((principal) => principal.kind === "group" && principal.until !== undefined && principal.until !== everybody)
    .map(({ path, until }) => ({
      path,
      seen: `until ${until ?? ""}`,
      expected: `the same until in every entry with the role ${role.name}, or a role of its own for this group`,
    }));
}

/** ISO moments in UTC with whole seconds sort as text. */
function lastEnd(principals: readonly RolePrincipal[]): string | undefined {
  const ends = principals.map(({ until }) => until);
  if (ends.length === 0 || ends.includes(undefined)) return undefined;
  return ends.reduce((last, end) => ((end ?? "") > (last ?? "") ? end : last));
}
