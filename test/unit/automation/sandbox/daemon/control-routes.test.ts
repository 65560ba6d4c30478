import assert from "node:assert/strict";
import { controlRoutes } from "../../../../../automation/sandbox/daemon/control-routes";
import { ProviderInstances } from "../../../../../automation/sandbox/daemon/provider-instances";
import { sandboxFolder } from "../../../../../automation/sandbox/daemon/sandbox-folder";
import { doorEstate } from "../../../../support/door-estate";
import { inTemporaryFolder } from "../../../../support/temporary-folder";

describe("the daemon's control routes", () => {
  it("refuse a reset while an update runs", () =>
    inTemporaryFolder(async (root) => {
      const { estate } = doorEstate();
      const providers = new ProviderInstances(() => Promise.resolve({ port: 1, close: () => Promise.resolve() }));
      const nothing = { create: () => Promise.resolve(), delete: () => Promise.resolve(), resolve: () => undefined };
      const agents = {
        state: () => ({ online: false, connected: false, reasons: [], agentVersion: "" }),
        dial: () => Promise.reject(new Error("unused")),
      };
      const routes = controlRoutes({
        estate,
        agents,
        clusters: nothing,
        gateway: { list: () => [], terminate: () => undefined },
        providers,
        folder: sandboxFolder(root),
      });
      await providers.start({ package: "aws", version: "1", environment: {} });
      await assert.rejects(async () => routes["POST reset"]?.({}), {
        status: 409,
        message: "1 provider instances are open: an update runs",
      });
      assert.ok(estate.objects.length > 0);
    }));
});
