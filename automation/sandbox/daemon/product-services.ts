import os from "node:os";
import { addAccountApis } from "../api/account-apis";
import { makeAuthorizeUpgrade } from "../agent/authorize-upgrade";
import { realAgentKnobs } from "../agent/agent-knobs";
import { startGateway } from "../agent/gateway";
import { openClusters } from "../endpoint/open-clusters";
import { authorize } from "../iam/authorize";
import { serveProvider, type ServedPackage } from "../provider/serve";
import { agentAuthorization } from "./agent-authorization";
import { RELAYED_PACKAGES } from "./package-versions";
import type { SandboxFolder } from "./sandbox-folder";
import type { Machine, Services } from "./services";

/** AWS's minutes pass faster here, a person's do not: who looks at a row for a minute keeps the session. Real milliseconds. */
const LEAST_LIMIT_MS = 180_000;

/** The real parts of the sandbox. */
export function productServices(folder: SandboxFolder, { clock, randomBytes }: Machine): Services {
  return {
    openClusters: (estate, authority) =>
      openClusters(estate, authority, { folder: folder.root, temporary: os.tmpdir(), clock }),
    authorizeAgent: agentAuthorization,
    startGateway: (estate, agents, server) =>
      startGateway({
        httpServer: server,
        estate,
        agents,
        authorizeUpgrade: makeAuthorizeUpgrade(estate),
        clocks: estate.clocks,
        randomBytes,
        knobs: { ...realAgentKnobs(), leastLimitMs: LEAST_LIMIT_MS },
      }),
    addApis: ({ server, ...apis }) => addAccountApis(server, apis),
    serveProvider: (estate, clusters) => async (order) => {
      const pack = RELAYED_PACKAGES.find((name): name is ServedPackage => name === order.package);
      if (pack === undefined) throw new Error(`the sandbox has no provider for ${order.package}`);
      return serveProvider(pack, {
        estate,
        clusters,
        environment: order.environment,
        // The provider asks before it knows the resource; who may call an action on nothing at all may not call it.
        authorize: (principal, action) => authorize(estate, principal, { action, resource: "*", region: "" }).allowed,
      });
    },
  };
}
