import { knownElements, knownOf } from "../known-elements";
import type { StackResource } from "../rule";
import { isObject, textOf } from "../values";
import { perStack } from "./per-stack";

/** The resources that a property's value is taken from; empty for a value from elsewhere. */
export type Links = (resource: StackResource, property: string) => readonly StackResource[];

/** Properties that others call a resource by. */
const NAMES = ["id", "arn", "name"] as const;

/**
 * Follows values to the resources they come from: by the engine's record, which is there before any id is known, and where it
 * has none (a state without record, an id written out), by ids, ARNs and names that are known.
 */
export const linksOf: (resources: readonly StackResource[]) => Links = perStack(follow);

function follow(resources: readonly StackResource[]): Links {
  const named = new Map<string, StackResource[]>();
  for (const resource of resources) {
    const names = knownOf(NAMES.map((own) => () => resource.props[own])).values.map(textOf);
    for (const name of new Set(names)) if (name !== "") named.set(name, [...(named.get(name) ?? []), resource]);
  }
  return (resource, property) => {
    const origins = resource.propertyDependencies[property] ?? [];
    if (origins.length > 0) return origins;
    return textsIn(() => resource.props[property]).flatMap((text) => named.get(text) ?? []);
  };
}

/** Every text in a value, as far as it is known; objects and lists in it are gone through. */
export function textsIn(read: () => unknown): string[] {
  const [value] = knownOf([read]).values;
  if (isObject(value)) return Object.keys(value).flatMap((key) => textsIn(() => value[key]));
  if (Array.isArray(value)) return knownElements(value).values.flatMap((each) => textsIn(() => each));
  const text = textOf(value);
  return text === "" ? [] : [text];
}
