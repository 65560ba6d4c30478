import type { WantedPrivilegeRole } from "./wanted-roles";

/** Connections that one login may have at once: a graphical client opens several, a leak should not take them all. */
export const LOGIN_CONNECTION_LIMIT = 20;

/** Kinds of objects that a preset speaks of. */
export type ObjectKind = "table" | "sequence";

/**
 * What the presets mean: literal lists, never ALL (which means more on PostgreSQL 17 than the provider knows). Functions stay with
 * PUBLIC's EXECUTE; `owner` needs no grant: its members are the owner.
 */
export const PRESET_PRIVILEGES: Readonly<
  Record<WantedPrivilegeRole["preset"], Readonly<Record<ObjectKind, readonly string[]>>>
> = {
  readonly: { table: ["SELECT"], sequence: ["SELECT"] },
  readwrite: { table: ["SELECT", "INSERT", "UPDATE", "DELETE"], sequence: ["SELECT", "USAGE"] },
};
