import type { CloudObject, Directory, Estate, IssuedKey } from "../account/estate";
import type { ClusterRuntime, SessionGateway } from "../account/ports";

/** What an estate began with: objects, directory, and keys that must stay valid. */
export interface Seeds {
  readonly objects: readonly CloudObject[];
  readonly keys: readonly (readonly [string, IssuedKey])[];
  readonly directory: Directory;
}

/** Remembers what a fresh estate holds. */
export function seedsOf(estate: Estate): Seeds {
  return {
    objects: structuredClone(estate.objects),
    keys: [...estate.keys],
    directory: structuredClone(estate.directory),
  };
}

/** Takes an estate back to its seeds: sessions ended, clusters destroyed, issued credentials worthless, logs empty. */
export async function resetEstate(
  estate: Estate,
  seeds: Seeds,
  clusters: ClusterRuntime,
  gateway: Pick<SessionGateway, "list" | "terminate">,
): Promise<void> {
  for (const session of gateway.list()) gateway.terminate(session.id);
  await Promise.all(estate.list("aws:rds/cluster:Cluster").map((cluster) => clusters.delete(cluster)));
  estate.objects.splice(0, estate.objects.length, ...structuredClone(seeds.objects));
  Object.assign(estate.directory, structuredClone(seeds.directory));
  estate.keys.clear();
  for (const [id, key] of seeds.keys) estate.keys.set(id, key);
  estate.logs.length = 0;
}
