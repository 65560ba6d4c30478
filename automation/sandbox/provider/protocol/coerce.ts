import type { Json } from "../../account/estate";
import type { Kind } from "../facts/facts";
import { UNKNOWN } from "./values";

/** Tells what is wrong with an input; `path` like `rootBlockDevice.volumeSize`. */
export type Fail = (path: string, reason: string) => void;

/**
 * An input as its kind wants it: scalars become text, number or truth where that loses nothing, as the bridge does; unknown
 * members and wrong types are reported.
 */
export function coerce(value: Json, kind: Kind, path: string, fail: Fail): Json {
  if (value === UNKNOWN || value === null) return value;
  if (kind === "string") return text(value, path, fail);
  if (kind === "number") return number(value, path, fail);
  if (kind === "boolean") return truth(value, path, fail);
  if (isList(kind)) {
    if (!Array.isArray(value)) return wrong(value, "a list", path, fail);
    return value.map((item, index) => coerce(item, kind[0], `${path}[${index}]`, fail));
  }
  if (typeof value !== "object" || Array.isArray(value)) return wrong(value, "an object", path, fail);
  if (kind === "map")
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, text(item, `${path}.${key}`, fail)]));
  return block(value, kind, path, fail);
}

function block(
  value: { [key: string]: Json },
  members: { readonly [member: string]: Kind },
  path: string,
  fail: Fail,
): Json {
  const out: { [key: string]: Json } = {};
  for (const [key, item] of Object.entries(value)) {
    const kind = members[key] ?? members[`${key}!`];
    if (kind === undefined) fail(`${path}.${key}`, "Invalid or unknown key");
    else if (item !== null) out[key] = coerce(item, kind, `${path}.${key}`, fail);
  }
  for (const member of Object.keys(members)) {
    if (member.endsWith("!") && out[member.slice(0, -1)] === undefined)
      fail(`${path}.${member.slice(0, -1)}`, "Missing required argument");
  }
  return out;
}

function isList(kind: Kind): kind is readonly [Kind] {
  return Array.isArray(kind);
}

function text(value: Json, path: string, fail: Fail): Json {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return wrong(value, "a string", path, fail);
}

function number(value: Json, path: string, fail: Fail): Json {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return value === UNKNOWN ? value : wrong(value, "a number", path, fail);
}

function truth(value: Json, path: string, fail: Fail): Json {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  return wrong(value, "a boolean", path, fail);
}

function wrong(value: Json, wanted: string, path: string, fail: Fail): Json {
  fail(path, `expected ${wanted}, got ${Array.isArray(value) ? "a list" : typeof value}`);
  return value;
}
