import type { StackResource } from "../rule";

/**
 * Makes something of a stack's resources once, however many rules ask for it: the engine gives each rule the same resources in
 * a list of its own.
 *
 * @example const linksOf = perStack((resources) => new Links(resources));
 */
export function perStack<Made>(
  make: (resources: readonly StackResource[]) => Made,
): (resources: readonly StackResource[]) => Made {
  const before = new WeakMap<StackResource, { readonly of: readonly StackResource[]; readonly made: Made }>();
  return (resources) => {
    const [first] = resources;
    if (first === undefined) return make(resources);
    const last = before.get(first);
    if (last?.of.length === resources.length && last.of.every((each, index) => each === resources[index]))
      return last.made;
    const made = make(resources);
    before.set(first, { of: [...resources], made });
    return made;
  };
}
