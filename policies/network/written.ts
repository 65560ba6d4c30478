import type { StackResource } from "../rule";
import { unknownPath } from "../unknown-value";

/**
 * A property as the program wrote it. Rules about a stack see what the provider answered, in which everything that AWS makes up
 * is unknown at first preview, e.g. `ingress` of a group without inline rules: what is unknown and was not written is missing.
 * The engine lists every written property in `propertyDependencies`, also those that come from nowhere; without any such record
 * nobody can tell, and unknown stays unknown.
 *
 * @throws UnknownValueError of a value that was written and is not known yet.
 */
export function written({ props, propertyDependencies }: StackResource, property: string): unknown {
  try {
    return props[property];
  } catch (thrown) {
    const unrecorded = Object.keys(propertyDependencies).length === 0;
    if (unknownPath(thrown) === undefined || unrecorded || property in propertyDependencies) throw thrown;
    return undefined;
  }
}
