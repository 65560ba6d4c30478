import type { StackResource } from "../rule";
import { unknownPath } from "../unknown-value";

/**
 * A property as the program wrote it. Rules about a stack see what the provider answered, in which everything that AWS makes up
 * is unknown at first preview, e.g. `ingress` of a group without inline rules. What is unknown and was written comes from another
 * resource, and `propertyDependencies` says so (Pulumi leaves out properties that come from nowhere); any other unknown is missing.
 * A check of a state, where unknown means secret, lists those properties too.
 *
 * @throws UnknownValueError of a value that was written and is not known yet.
 */
export function written({ props, propertyDependencies }: StackResource, property: string): unknown {
  try {
    return props[property];
  } catch (thrown) {
    if (unknownPath(thrown) === undefined || property in propertyDependencies) throw thrown;
    return undefined;
  }
}
