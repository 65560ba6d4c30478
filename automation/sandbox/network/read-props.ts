import type { Json, Props } from "../account/estate";

/** A text property; `undefined` for anything else, the empty text included (the provider shows "unset" so). */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The texts of a list property; empty if it is unset. */
export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string" && item !== "") : [];
}

/**
 * A nested block: an object, or the only element of a list (the two ways in which a bridged provider shows a single block).
 *
 * @example blockOf([{ httpEndpoint: "enabled" }]) // { httpEndpoint: "enabled" }
 */
export function blockOf(value: Json | undefined): Props {
  const block = Array.isArray(value) ? value[0] : value;
  return typeof block === "object" && block !== null && !Array.isArray(block) ? block : {};
}

/** The nested blocks of a list property. */
export function blocksOf(value: Json | undefined): Props[] {
  return Array.isArray(value) ? value.map((item) => blockOf(item)) : [];
}
