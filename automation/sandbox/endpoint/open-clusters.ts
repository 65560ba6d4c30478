import type { Clock } from "../../core/clock";
import type { Closable } from "../../core/closer";
import type { Estate } from "../account/estate";
import type { ClusterFaults, ClusterRuntime } from "../account/ports";
import type { Authority } from "../certificates/authority";
import { findBinaries, type Major } from "../postgres/binaries";
import { machineServerUser } from "../postgres/server-user";
import { WarmPool } from "../postgres/warm-pool";
import { accountIam } from "./account-iam";
import { PostgresClusters } from "./cluster-runtime";

/** Where the clusters of a sandbox live on the machine. */
export interface ClusterPlace {
  /** The sandbox's own folder (0700, exists). What an earlier run left in it is cleared up first. */
  readonly folder: string;
  /** The machine's folder for temporary files. */
  readonly temporary: string;
  readonly clock: Clock;
}

/**
 * Opens the PostgreSQL side of a sandbox, judged by the estate's own keys and policies. Closing it stops every server.
 *
 * @throws SallyportError SANDBOX_START_FAILED if PostgreSQL is not installed
 */
export async function openClusters(
  estate: Estate,
  authority: Authority,
  place: ClusterPlace,
): Promise<ClusterRuntime & ClusterFaults & Closable> {
  const binariesOf = (major: Major) => findBinaries(process.platform, process.arch, undefined, major);
  const pool = await WarmPool.open({ ...place, binariesOf, user: machineServerUser() });
  const clusters = new PostgresClusters(estate, pool, authority, accountIam(estate));
  return {
    create: (cluster, master) => clusters.create(cluster, master),
    delete: (cluster) => clusters.delete(cluster),
    resolve: (host, port) => clusters.resolve(host, port),
    failOver: (cluster) => clusters.failOver(cluster),
    close: async () => {
      await clusters.close();
      await pool.close();
    },
  };
}
