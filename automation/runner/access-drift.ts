import { SallyportError } from "../core/errors";

/**
 * Nothing, if a cluster's catalogs are as the matrix says; `problems` has one sentence per difference.
 *
 * @throws SallyportError ACCESS_DRIFT with every difference on a line of its own
 */
export function refuseDrift(cluster: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new SallyportError("ACCESS_DRIFT", {
    message: [`Cluster ${cluster} is not as the access matrix says:`, ...problems].join("\n"),
    likely:
      "Somebody changed it by hand in a way that the stack cannot see (a view, a grant option), or while this ran.",
  });
}
