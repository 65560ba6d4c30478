import { existsSync, mkdirSync } from "node:fs";
import { Closer, type Closable } from "../../core/closer";
import { makeClocks } from "../account/clocks";
import { DEFAULT_KNOBS, IDENTITY_ACCOUNT, IDENTITY_REGION, WORKLOAD_ACCOUNT, WORKLOAD_REGION } from "../account/estate";
import { IMAGES } from "../account/images";
import { makeEstate } from "../account/seed";
import { SignIn } from "../api/services/sign-in";
import { makeAuthority } from "../certificates/authority";
import { writeCaBundle } from "../certificates/ca-bundle";
import { makeAgents } from "../node/agents";
import { issueInstanceCredentials } from "../node/instance-credentials";
import { installRelays } from "../relay/install-relays";
import { CONTROL_PATH, makeControl } from "./control";
import { controlRoutes } from "./control-routes";
import type { DaemonOrder } from "./daemon-order";
import { deployedIn } from "./deployed";
import { listen } from "./listen";
import { installedPackages } from "./package-versions";
import { writeByRename } from "./private-write";
import { ProviderInstances } from "./provider-instances";
import { SandboxFileKeeper } from "./sandbox-file";
import type { SandboxFolder } from "./sandbox-folder";
import type { Machine, Services } from "./services";

/** Start URL of the sandbox's access portal: a name that leads nowhere, as its API is on the sandbox's own port. */
export const START_URL = "https://sallyport-sandbox.awsapps.com/start";
/** How often `sandbox.json` is compared with the account, milliseconds; it is written only when something changed. */
const KEEP_INTERVAL_MS = 100;

/**
 * Puts a sandbox together and tells the world by `sandbox.json`, last of all. What was opened is closed in reverse order, also when
 * a later part does not start; `sandbox.json` goes first then.
 *
 * Errors: what the parts throw, e.g. SANDBOX_PORT_IN_USE.
 */
export async function startSandbox(
  folder: SandboxFolder,
  order: DaemonOrder,
  machine: Machine,
  services: Services,
): Promise<Closable> {
  const closer = new Closer();
  try {
    await open(folder, order, machine, services, closer);
    return closer;
  } catch (error) {
    await closer.close().catch(() => undefined);
    throw error;
  }
}

async function open(
  folder: SandboxFolder,
  order: DaemonOrder,
  machine: Machine,
  services: Services,
  closer: Closer,
): Promise<void> {
  for (const made of [folder.root, folder.backend]) mkdirSync(made, { recursive: true, mode: 0o700 });
  if (!existsSync(folder.passphraseFile))
    writeByRename(folder.passphraseFile, machine.randomBytes(24).toString("base64url"));
  const now = (): number => machine.clock.now();
  const knobs = { ...DEFAULT_KNOBS, speed: order.speed };
  const clocks = makeClocks(knobs, now, machine.monotonic);
  const { randomBytes } = machine;
  const estate = makeEstate({ clocks, knobs, randomBytes, startUrl: START_URL });
  const authority = await makeAuthority(now, () => randomBytes(16));
  const caBundle = writeCaBundle(folder.root, authority.caPem);

  const clusters = await services.openClusters(estate, authority);
  closer.add(() => clusters.close());
  const agents = makeAgents({
    estate,
    clusters,
    authorize: services.authorizeAgent(estate),
    hasAgent: (image) => IMAGES[image]?.hasAgent === true,
    issueInstanceCredentials: (instance, role) => issueInstanceCredentials(estate, instance, role),
  });
  const http = await listen(order.port);
  closer.add(() => http.close());
  const gateway = services.startGateway(estate, agents, http.server);
  closer.add(() => gateway.close());
  const providers = new ProviderInstances(services.serveProvider(estate, clusters));
  closer.add(() => providers.close());
  const controlToken = randomBytes(32).toString("base64url");
  const signIn = new SignIn(estate);
  const routes = controlRoutes({ estate, agents, clusters, gateway, providers, signIn, folder });
  services.addApis({
    estate,
    agents,
    gateway,
    signIn,
    control: makeControl({ token: controlToken, providers, routes }),
    server: http.server,
  });

  const endpointUrl = `http://127.0.0.1:${http.port}`;
  installRelays(folder.pulumiHome, installedPackages(machine.resolveModule), {
    controlUrl: `${endpointUrl}${CONTROL_PATH.slice(0, -1)}`,
    token: controlToken,
  });
  const keeper = new SandboxFileKeeper(folder.sandboxFile);
  const keep = (): void =>
    keeper.write({
      version: 1,
      pid: machine.pid,
      region: WORKLOAD_REGION,
      accounts: [
        { id: WORKLOAD_ACCOUNT, role: "workload" },
        { id: IDENTITY_ACCOUNT, role: "identity" },
      ],
      endpointUrl,
      controlToken,
      identity: { startUrl: START_URL, region: IDENTITY_REGION },
      caBundle,
      ...deployedIn(estate),
    });
  const timer = setInterval(keep, KEEP_INTERVAL_MS);
  closer.add(() => {
    clearInterval(timer);
    keeper.remove();
  });
  keep();
}
