import { SallyportError } from "../core/errors";

/** What the choice depends on. */
export interface RoleChoice {
  readonly env: string;
  /** Roles whose permission set the person holds. */
  readonly held: readonly string[];
  /** Roles of the descriptor: how each logs in. */
  readonly logins: Readonly<Record<string, { readonly login: "self" | "separate" }>>;
  readonly asked?: string | undefined;
  readonly lastUsed?: string | undefined;
}

/**
 * Which role a connection uses: the asked one; else the only one without a separate login; else the last used; else the person
 * must say. A separate login is never taken by itself: its privileges are used only when they were chosen.
 *
 * Errors: AUTH_NO_ACCESS, AUTH_ROLE_CHOICE with the list.
 *
 * @example
 * chooseRole({env: "dev", held: ["admin", "developer"], logins: {admin: {login: "separate"}, developer: {login: "self"}}}) // "developer"
 */
export function chooseRole(choice: RoleChoice): string {
  const possible = choice.held.filter((role) => Object.hasOwn(choice.logins, role));
  const { asked, lastUsed } = choice;
  if (asked !== undefined) {
    if (possible.includes(asked)) return asked;
    throw new SallyportError("AUTH_NO_ACCESS", {
      message: `You do not hold the role "${asked}" in ${choice.env}.`,
      likely:
        possible.length === 0 ? "No role of this environment is assigned to you." : `You hold: ${possible.join(", ")}.`,
    });
  }
  if (possible.length === 0) {
    throw new SallyportError("AUTH_NO_ACCESS", {
      message: `None of your permission sets (${choice.held.join(", ")}) is a role of ${choice.env} any more.`,
    });
  }
  const ordinary = possible.filter((role) => choice.logins[role]?.login === "self");
  const [only] = ordinary;
  if (only !== undefined && ordinary.length === 1) return only;
  if (lastUsed !== undefined && possible.includes(lastUsed)) return lastUsed;
  const list = possible.map((role) =>
    choice.logins[role]?.login === "separate" ? `${role} (separate sign-in)` : role,
  );
  throw new SallyportError("AUTH_ROLE_CHOICE", {
    message: `Choose a role of ${choice.env}: ${list.join(", ")}.`,
    next: `sallyport connect --role ${possible[0] ?? "ROLE"}`,
    values: { roles: possible.join(",") },
  });
}
