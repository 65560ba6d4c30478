import type { Properties } from "./rule";

/** Whether a switch is on; some properties of launch templates write it as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** Whether a switch was written as off. A missing one is not. */
export function isFalse(value: unknown): boolean {
  return value === false || value === "false";
}

/** Whether a property has a value. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A text, or a number as text; empty for everything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Whether a value has properties of its own. */
export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The elements of a list, unread: each is a function, so that an unknown one stops nobody but its own reader. A single value
 * is a list of one, a missing one an empty list.
 *
 * @example elements(props.ingress).map((read) => read())
 */
export function elements(value: unknown): (() => unknown)[] {
  if (!isSet(value)) return [];
  if (!Array.isArray(value)) return [() => value];
  return Array.from({ length: value.length }, (_, index) => () => (value as readonly unknown[])[index]);
}
