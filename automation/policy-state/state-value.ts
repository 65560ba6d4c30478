/** The mark of a value that is not known, as the engine writes it for a text (@pulumi/pulumi, `runtime/rpc.ts`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key by which Pulumi tells its own wrappers from objects of a program (Pulumi, `sdk/go/common/resource/sig`). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Deeper than any resource's properties; what lies below counts as unknown. */
const DEEPEST = 200;

/**
 * A property value of a stack's state as a rule may see it. A secret counts as unknown: neither its cipher text nor its plain text
 * is read. So do assets and archives, for a state holds no more of them than where they lay, and wrappers that are not known here.
 *
 * @example stateValue({ port: 5432, password: { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:…" } })
 * // { port: 5432, password: UNKNOWN }
 */
export function stateValue(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) return UNKNOWN;
  if (Array.isArray(value)) return value.map((item) => stateValue(item, depth + 1));
  if (Object.hasOwn(value, SIGNATURE)) return unwrapped(value as Wrapper, depth);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stateValue(item, depth + 1)]));
}

interface Wrapper {
  readonly [SIGNATURE]: unknown;
  readonly id?: unknown;
  readonly urn?: unknown;
  readonly value?: unknown;
  readonly secret?: unknown;
}

/** A reference stands for the id of its resource, or for its URN where the resource has none, as in the policy SDK. */
function unwrapped(wrapper: Wrapper, depth: number): unknown {
  const { [SIGNATURE]: kind, id, urn, value, secret } = wrapper;
  if (kind === RESOURCE_REFERENCE) {
    const known = id ?? urn;
    return typeof known === "string" && known !== "" ? known : UNKNOWN;
  }
  if (kind === OUTPUT_VALUE && secret !== true && value !== undefined) return stateValue(value, depth + 1);
  return UNKNOWN;
}
