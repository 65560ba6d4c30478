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
    return { resource, from, propertyDependencies };
  });
  const byUrn = new Map(made.map(({ resource }) => [resource.urn, resource]));
  for (const { from, propertyDependencies } of made) {
    for (const [property, urns] of Object.entries(propertyDependencies)) {
      from[property] = urns.flatMap((urn) => byUrn.get(urn) ?? []);
    }
  }
  return made.map(({ resource }) => resource);
}
