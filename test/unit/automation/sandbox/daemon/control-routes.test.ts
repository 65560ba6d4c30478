import assert from "node:assert/strict";
import { realAgentKnobs } from "../../../../../automation/sandbox/agent/agent-knobs";
import { gatewayFaults } from "../../../../../automation/sandbox/agent/gateway-faults";
import type { DirectoryUser } from "../../../../../automation/sandbox/account/estate";
import { controlRoutes } from "../../../../../automation/sandbox/daemon/control-routes";
import { ProviderInstances } from "../../../../../automation/sandbox/daemon/provider-instances";
import { sandboxFolder } from "../../../../../automation/sandbox/daemon/sandbox-folder";
import { doorEstate } from "../../../../support/door-estate";

const JANE = { userId: "id-jane", userName: "jane@example.com", displayName: "Jane", email: "jane@example.com" };

/** The routes over an estate of their own; `said` are the approvals that reached the sign-in. */
function routesOf() {
  const { estate } = doorEstate();
  estate.directory.users.push(JANE);
  const said: [string, DirectoryUser][] = [];
  const providers = new ProviderInstances(() => Promise.resolve({ port: 1, close: () => Promise.resolve() }));
  const clusters = {
    create: () => Promise.resolve(),
    delete: () => Promise.resolve(),
    resolve: () => undefined,
    failOver: () => Promise.resolve(),
  };
  const agents = {
    state: () => ({ online: false, connected: false, reasons: [], agentVersion: "" }),
    resolve: () => Promise.reject(new Error("unused")),
    dial: () => Promise.reject(new Error("unused")),
  };
  const signIn = {
    approve: (code: string, user: DirectoryUser) => {
      said.push([code, user]);
      return code === "WXYZ-1234" ? ("approved" as const) : ("unknown code" as const);
    },
  };
  const gateway = {
    list: () => [],
    terminate: () => undefined,
    knobs: realAgentKnobs(),
    faults: gatewayFaults(new Map()),
  };
  const routes = controlRoutes({
    estate,
    agents,
    clusters,
    gateway,
    providers,
    signIn,
    folder: sandboxFolder("/nowhere"),
  });
  const ask = async (route: string, body: unknown): Promise<unknown> => routes[route]?.(body);
  return { ask, estate, providers, said };
}

describe("the daemon's control routes", () => {
  it("refuse a reset while an update runs", async () => {
    const { ask, estate, providers } = routesOf();
    await providers.start({ package: "aws", version: "1", environment: {} });
    await assert.rejects(ask("POST reset", {}), {
      status: 409,
      message: "1 provider instances are open: an update runs",
    });
    assert.ok(estate.objects.length > 0);
  });

  it("approve a sign-in as a person of the directory", async () => {
    const { ask, said } = routesOf();
    assert.deepEqual(await ask("POST device/approve", { userCode: "WXYZ-1234", person: "jane@example.com" }), {
      approved: true,
    });
    assert.deepEqual(said, [["WXYZ-1234", JANE]]);
  });

  it("approve nothing for a stranger, or a code that nobody waits for", async () => {
    const { ask } = routesOf();
    const stranger = { status: 404, message: 'the directory has no user "Jane@example.com"' };
    await assert.rejects(ask("POST device/approve", { userCode: "WXYZ-1234", person: "Jane@example.com" }), stranger);
    for (const userCode of ["ABCD-0000", 7]) {
      const unknown = { status: 409, message: "nobody waits for this code" };
      await assert.rejects(ask("POST device/approve", { userCode, person: "jane@example.com" }), unknown);
    }
  });
});
