import * as policy from "@pulumi/policy";
import type { Properties, Resource, StackResource } from "./rule";

/** A resource that exists, as a stack's state has it. What is unknown or secret stands as the SDK's mark for unknown texts. */
export interface CheckedResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** What the program wrote: resource rules look here, as in the engine. */
  readonly inputs: Properties;
  /** What became of it: stack rules look here. */
  readonly outputs: Properties;
  /** Property → URNs of the resources that its value comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
}

/** The SDK's mark for a text that is not known (@pulumi/policy, proxy.js). */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The SDK's own export that its types leave out. */
const sdk = policy as unknown as { readonly unknownCheckingProxy: (props: Properties) => Properties };

/** As resource rules see it: reading what is unknown throws, as in the engine. */
export function resourceOf({ type, name, urn, inputs }: CheckedResource): Resource {
  return { type, name, urn, props: sdk.unknownCheckingProxy(inputs) };
}

/** The resources as a stack: what each property comes from is the resource itself; what is not of the stack is left out. */
export function stackOf(resources: readonly CheckedResource[]): StackResource[] {
  const made = resources.map(({ type, name, urn, outputs, protect = false, propertyDependencies }) => {
    const from: Record<string, readonly StackResource[]> = {};
    const resource: StackResource = {
      type,
      name,
      urn,
      props: sdk.unknownCheckingProxy(outputs),
      opts: { protect },
      propertyDependencies: from,
    };
    return { resource, from, outputs, propertyDependencies };
  });
  const byUrn = new Map(made.map(({ resource }) => [resource.urn, resource]));
  for (const { from, outputs, propertyDependencies } of made) {
    for (const [property, urns] of Object.entries(propertyDependencies)) {
      from[property] = urns.flatMap((urn) => byUrn.get(urn) ?? []);
    }
    // Here nothing waits for AWS: what is unknown is secret, and somebody wrote it (see `written`).
    for (const property of Object.keys(outputs)) if (holdsUnknown(outputs[property])) from[property] ??= [];
  }
  return made.map(({ resource }) => resource);
}

function holdsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === UNKNOWN;
  return Object.values(value).some(holdsUnknown);
}
