import type { Json } from "./estate";

/**
 * A property as text: scalars as they are written, nothing as the empty text, anything else as JSON.
 *
 * @example plainText(5432) // "5432"
 */
export function plainText(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
