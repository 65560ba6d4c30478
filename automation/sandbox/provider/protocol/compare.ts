import type { Json } from "../../account/estate";
import type { Kind } from "../facts/facts";

/** How one input is compared: plain, a list without order, or JSON text compared by meaning. */
export type Comparison = "plain" | "set" | "json";

/**
 * Whether an input says what the state has. Members of a block that the program leaves to AWS do not count, nor does the
 * difference between nothing and empty.
 *
 * @example sameValue(["b", "a"], ["a", "b"], ["string"], "set") // true
 */
export function sameValue(wanted: Json, actual: Json | undefined, kind: Kind, comparison: Comparison): boolean {
  if (isEmpty(wanted) && isEmpty(actual)) return true;
  if (actual === undefined || actual === null) return false;
  if (comparison === "json") return sameJson(wanted, actual);
  if (Array.isArray(wanted) && Array.isArray(actual))
    return sameLists(wanted, actual, (kind as readonly [Kind])[0], comparison);
  if (kind !== "map" && isObject(wanted) && isObject(actual)) {
    const members = kind as { readonly [member: string]: Kind };
    return Object.entries(wanted).every(([key, item]) =>
      sameValue(item, actual[key], members[key] ?? members[`${key}!`] ?? "string", "plain"),
    );
  }
  return canonical(wanted) === canonical(actual);
}

/** JSON text by meaning: order of members never counts; in a policy a single text equals a list of one, and lists have no order. */
export function sameJson(one: Json, other: Json): boolean {
  return canonical(policyForm(parsed(one))) === canonical(policyForm(parsed(other)));
}

function sameLists(wanted: readonly Json[], actual: readonly Json[], kind: Kind, comparison: Comparison): boolean {
  if (wanted.length !== actual.length) return false;
  if (comparison !== "set") return wanted.every((item, index) => sameValue(item, actual[index], kind, "plain"));
  const left = [...actual];
  return wanted.every((item) => {
    const at = left.findIndex((candidate) => sameValue(item, candidate, kind, "plain"));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function policyForm(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(policyForm);
    return items.length === 1 && items[0] !== undefined
      ? items[0]
      : items.sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, policyForm(item)]));
}

function parsed(value: Json): Json {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(",")}}`;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
