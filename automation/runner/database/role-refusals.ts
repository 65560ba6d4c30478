import { PROVISIONER } from "../../../infra/contract/names";
import type { WantedRoles } from "../../../infra/contract/wanted-roles";
import { membershipOf, roleNamed, type Catalog } from "./catalog";
import { markedRoles, type MarkedRole } from "./marked-roles";
import { parseRoleComment, roleComment } from "./role-comment";

/**
 * Names that belong to somebody else (pure), one sentence each: another user id (a name that the directory gave to a new person), or
 * a role that was made by hand. Whatever the runner does, such a role is never touched.
 *
 * @example ['"jane" exists and was not made by sallyport']
 */
export function roleRefusals(wanted: Pick<WantedRoles, "privilegeRoles" | "logins">, found: Catalog): string[] {
  return markedRoles(wanted).flatMap((role) => refusal(role, found));
}

function refusal({ name, mark }: MarkedRole, found: Catalog): string[] {
  const role = roleNamed(found, name);
  if (!role) return [];
  const theirs = parseRoleComment(role.comment);
  if (theirs === undefined)
    return madeByProvisioner(name, found) ? [] : [`${JSON.stringify(name)} exists and was not made by sallyport`];
  if (roleComment(theirs) === roleComment(mark)) return [];
  return [`${JSON.stringify(name)} belongs to another (${roleComment(theirs)}, wanted ${roleComment(mark)})`];
}

/** PostgreSQL gives who creates a role ADMIN on it: a run that was cut off had no time for the comment. */
function madeByProvisioner(name: string, found: Catalog): boolean {
  const { comment } = roleNamed(found, name) ?? {};
  return comment === undefined && membershipOf(found, PROVISIONER, name)?.admin === true;
}
