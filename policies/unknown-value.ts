import * as policy from "@pulumi/policy";

/** What reading a property throws whose value is not known yet. */
interface UnknownRead extends Error {
  /** Property path from the resource, e.g. `["ingress", "0", "cidrBlocks"]`. */
  readonly props: readonly PropertyKey[];
}

/** Exported by the SDK at run time (`index.js`), kept out of its types. */
const sdk = policy as unknown as { readonly UnknownValueError: new (...args: never[]) => UnknownRead };

/** The property path of an unknown value that was read, e.g. `ingress.0.cidrBlocks`; undefined for every other error. */
export function unknownPath(thrown: unknown): string | undefined {
  return thrown instanceof sdk.UnknownValueError ? thrown.props.map(String).join(".") : undefined;
}
