import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Json, Props } from "../../account/estate";

/** The engine's mark of a value that is not known yet (Pulumi provider protocol, "unknown string"). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Properties without wrappers, and the names of those that were secret, wholly or in part. */
export interface Plain {
  readonly props: Props;
  readonly secrets: ReadonlySet<string>;
}

/** Properties of a message: secrets unwrapped and remembered, nulls left out. */
export function decode(struct: Struct | undefined): Plain {
  const props: Props = {};
  const secrets = new Set<string>();
  for (const [key, value] of Object.entries(struct?.toJavaScript() ?? {})) {
    if (value === null) continue;
    props[key] = unwrap(value, () => secrets.add(key));
  }
  return { props, secrets };
}

/** Properties for a message; those named in `secrets` are wrapped. */
export function encode(props: Props, secrets: ReadonlySet<string> = new Set()): Struct {
  const wrapped = Object.entries(props)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => [key, secrets.has(key) ? { [SIGNATURE]: SECRET, value } : value]);
  return Struct.fromJavaScript(
    JSON.parse(JSON.stringify(Object.fromEntries(wrapped))) as Parameters<typeof Struct.fromJavaScript>[0],
  );
}

/** Whether a value is, or somewhere holds, an unknown. */
export function hasUnknown(value: Json | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => hasUnknown(inner));
}

function unwrap(value: Json, found: () => void): Json {
  if (Array.isArray(value)) return value.map((item) => unwrap(item, found));
  if (typeof value !== "object" || value === null) return value;
  if (value[SIGNATURE] === SECRET) {
    found();
    return unwrap(value.value ?? null, found);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner, found)]));
}
