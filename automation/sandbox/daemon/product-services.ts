import os from "node:os";
import { authorize } from "../iam/authorize";
import { realAgentKnobs } from "../agent/agent-knobs";
import { startGateway } from "../agent/gateway";
import { PostgresClusters } from "../endpoint/cluster-runtime";
import { findBinaries } from "../postgres/binaries";
import { machineServerUser } from "../postgres/server-user";
import { WarmPool } from "../postgres/warm-pool";
import { serveProvider, type ServedPackage } from "../provider/serve";
import { agentAuthorization } from "./agent-authorization";
import { RELAYED_PACKAGES } from "./package-versions";
import type { SandboxFolder } from "./sandbox-folder";
import type { Machine, Services } from "./services";

/** The real parts of the sandbox. */
export function productServices(folder: SandboxFolder, { clock, randomBytes }: Machine): Services {
  return {
    openClusters: async (estate, authority) => {
      const binaries = findBinaries(process.platform, process.arch);
      const pool = await WarmPool.open({
        folder: folder.root,
        temporary: os.tmpdir(),
        binaries,
        user: machineServerUser(),
        clock,
      });
      const clusters = new PostgresClusters(estate, pool, authority, {
        verifyToken: () => ({ ok: false, reason: "not yet" }),
        mayConnect: () => false,
      });
      return Object.assign(clusters, {
        close: async () => {
          await PostgresClusters.prototype.close.call(clusters);
          await pool.close();
        },
      });
    },
    authorizeAgent: agentAuthorization,
    startGateway: (estate, agents, server) =>
      startGateway({
        httpServer: server,
        estate,
        agents,
        authorizeUpgrade: () => ({ ok: false, status: 403, code: "AccessDeniedException", message: "not yet" }),
        clocks: estate.clocks,
        randomBytes,
        knobs: realAgentKnobs(),
      }),
    addApis: ({ control, server }) =>
      void server.on("request", (request, response) => control(request, response) || response.writeHead(501).end()),
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
