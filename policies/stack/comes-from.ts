import { knownElements, knownOf, type KnownElements } from "../known-elements";
import type { StackResource } from "../rule";
import { isObject, isSet } from "../values";

/**
 * Whether a property's value, or one of its elements, is taken from a resource: by where it comes from, which is known before any
 * id is, or else because it holds the same text as the resource's own property.
 *
 * @example comesFrom(instance, "clusterIdentifier", cluster, "clusterIdentifier")
 */
export function comesFrom(resource: StackResource, property: string, origin: StackResource, own: string): boolean {
  const origins = resource.propertyDependencies[property] ?? [];
  if (origins.length > 0) return origins.some(({ urn }) => urn === origin.urn);
  const { values, complete } = members(resource.props[property]);
  if (values.length === 0) {
    complete();
    return false;
  }
  // A value that is known already cannot be taken from one that is not.
  return knownOf([() => origin.props[own]]).values.some((name) => isSet(name) && values.includes(name));
}

/** The elements of a list or the members of an object, as far as they are known. */
function members(value: unknown): KnownElements {
  if (!isObject(value)) return knownElements(value);
  return knownOf(Object.keys(value).map((key) => () => value[key]));
}
