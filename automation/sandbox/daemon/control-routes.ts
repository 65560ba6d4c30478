import { mkdirSync, rmSync } from "node:fs";
import { WORKLOAD_REGION, type Estate } from "../account/estate";
import type { Agents, ClusterFaults, ClusterRuntime, SessionGateway } from "../account/ports";
import { runnerKey } from "../account/seed";
import type { SignIn } from "../api/services/sign-in";
import { ControlRefusal, type ControlRoute } from "./control";
import { statusOf } from "./deployed";
import type { RunnerKeys } from "./environment";
import type { SteeredGateway } from "./services";
import type { ProviderInstances } from "./provider-instances";
import { readKnobs } from "./read-knobs";
import { resetEstate, seedsOf } from "./reset-estate";
import { faultRoutes } from "./fault-routes";
import type { SandboxFolder } from "./sandbox-folder";

/** What the routes steer. */
export interface Steered {
  readonly estate: Estate;
  readonly agents: Agents;
  readonly clusters: ClusterRuntime & ClusterFaults;
  readonly gateway: Pick<SessionGateway, "list" | "terminate"> & SteeredGateway;
  readonly providers: ProviderInstances;
  readonly signIn: Pick<SignIn, "approve">;
  readonly folder: SandboxFolder;
}

/** The routes of the daemon: `status`, `runner`, `device/approve`, `knobs`, `logs`, `reset` and those of the faults. The estate's present objects are what `reset` goes back to. */
export function controlRoutes({
  estate,
  agents,
  clusters,
  gateway,
  providers,
  signIn,
  folder,
}: Steered): Record<string, ControlRoute> {
  const seeds = seedsOf(estate);
  const faults = faultRoutes({
    estate,
    knobs: gateway.knobs,
    gateway: gateway.faults,
    failOver: (cluster) => clusters.failOver(cluster),
  });
  return {
    ...faults,
    "GET status": () => Promise.resolve(statusOf(estate, agents, providers.count)),
    "GET runner": () => {
      const { accessKeyId, secretAccessKey } = runnerKey(estate);
      return Promise.resolve({ accessKeyId, secretAccessKey, region: WORKLOAD_REGION } satisfies RunnerKeys);
    },
    "POST device/approve": (body) => Promise.resolve(approve(estate, signIn, body)),
    "GET knobs": () => Promise.resolve(estate.knobs),
    "POST knobs": async (body) => {
      const changed = readKnobs(body, estate.knobs);
      if (typeof changed === "string") throw new ControlRefusal(400, changed);
      return Object.assign(estate.knobs, changed);
    },
    "GET logs": () => Promise.resolve(estate.logs),
    "POST reset": async () => {
      // An update that runs would go on creating things in the empty account.
      if (providers.count > 0)
        throw new ControlRefusal(409, `${providers.count} provider instances are open: an update runs`);
      await resetEstate(estate, seeds, clusters, gateway);
      rmSync(folder.backend, { recursive: true, force: true });
      mkdirSync(folder.backend, { mode: 0o700 });
      await faults["POST faults"]?.({ words: ["none"] });
    },
  };
}

/** A person of the directory says yes to a device's code: what a browser would do. */
function approve(estate: Estate, signIn: Pick<SignIn, "approve">, body: unknown): { readonly approved: true } {
  const { userCode, person } = body as { readonly userCode?: unknown; readonly person?: unknown };
  const user = estate.directory.users.find(({ userName }) => userName === person);
  if (!user) throw new ControlRefusal(404, `the directory has no user ${JSON.stringify(person)}`);
  if (typeof userCode !== "string" || signIn.approve(userCode, user) !== "approved")
    throw new ControlRefusal(409, "nobody waits for this code");
  return { approved: true };
}
