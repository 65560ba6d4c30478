import * as policy from "@pulumi/policy";
import type { StackResource, StackVerdict } from "../../../../policies/rule";
import { unknownPath } from "../../../../policies/unknown-value";
import type { StackSample } from "./estate";

const sdk = policy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };

/** Samples as resources of a stack, for modules that rules are made of: unknown values throw, origins are resources. */
export function stackResources(samples: readonly StackSample[]): StackResource[] {
  const records = samples.map((): Record<string, StackResource[]> => ({}));
  const resources = samples.map(({ type, name, props }, index): StackResource => {
    const propertyDependencies = records[index] ?? {};
    return { type, name, urn: name, props: sdk.unknownCheckingProxy(props), propertyDependencies };
  });
  for (const [index, { from = {} }] of samples.entries())
    for (const [property, origins] of Object.entries(from))
      Object.assign(records[index] ?? {}, { [property]: resources.filter(({ name }) => origins.includes(name)) });
  return resources;
}

/** A verdict that only keeps what was left open. */
export function openVerdict(): { readonly open: string[]; readonly verdict: Pick<StackVerdict, "part" | "undecided"> } {
  const open: string[] = [];
  return {
    open,
    verdict: {
      undecided: (what) => void open.push(what),
      part: (decide) => {
        try {
          decide();
        } catch (thrown) {
          const path = unknownPath(thrown);
          if (path === undefined) throw thrown;
          open.push(path);
        }
      },
    },
  };
}
