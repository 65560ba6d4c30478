/** Whose role it is: a person's by the directory's user id, one of our bundles of privileges, or the canary. */
export type RoleMark =
  { readonly kind: "person"; readonly userId: string } | { readonly kind: "privileges" } | { readonly kind: "canary" };

/**
 * The text of COMMENT ON ROLE.
 *
 * @example roleComment({ kind: "person", userId: "16f2" }) // "sallyport: person 16f2"
 */
export function roleComment(mark: RoleMark): string {
  return mark.kind === "person" ? `sallyport: person ${mark.userId}` : `sallyport: ${mark.kind}`;
}

/** Reads a comment back; undefined for roles that are not ours. */
export function parseRoleComment(comment: string | undefined): RoleMark | undefined {
  const match = /^sallyport: (?:person (\S+)|(privileges|canary))$/.exec(comment ?? "");
  if (!match) return undefined;
  if (match[1] !== undefined) return { kind: "person", userId: match[1] };
  return { kind: match[2] as "privileges" | "canary" };
}
