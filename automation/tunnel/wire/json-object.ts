/** A JSON object from outside: its fields are unknown until checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The JSON object in some bytes; `undefined` for anything else. Never throws.
 *
 * @example parseJsonObject(Buffer.from('{"a":1}')) // { a: 1 }
 */
export function parseJsonObject(bytes: Buffer | string): JsonObject | undefined {
  try {
    return asJsonObject(JSON.parse(bytes.toString()));
  } catch {
    return undefined;
  }
}

/** A value as an object; `undefined` for arrays, null and scalars. */
export function asJsonObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** A value if it is a string, else the empty string. */
export function textField(value: unknown): string {
  return typeof value === "string" ? value : "";
}
