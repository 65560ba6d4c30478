import assert from "node:assert/strict";
import type { ClusterView } from "../../../../automation/aws/rds";
import type { NodeView } from "../../../../automation/aws/ssm";
import { waitForBastion, waitForCluster, type DoorCalls } from "../../../../automation/runner/wait-for-door";
import type { PlatformOutputs } from "../../../../infra/contract/outputs";
import { FakeClock } from "../../../support/fake-clock";

const PLATFORM = {
  environment: "dev",
  bastion: { instanceId: "i-0123456789abcdef0", roleName: "r", tag: { key: "sallyport:door", value: "payments/dev" } },
  clusters: { app: { resourceId: "cluster-A" } },
} as unknown as PlatformOutputs;
const NODE: NodeView = {
  instanceId: "i-0123456789abcdef0",
  pingStatus: "Online",
  lastPing: undefined,
  agentVersion: "3.3.1",
};

/** Calls whose answers come from functions of how often they were asked. */
function calls(parts: {
  nodes?: (n: number) => NodeView[];
  connected?: (n: number) => boolean;
  known?: NodeView;
  status?: (n: number) => string;
}): DoorCalls {
  const asked = { nodes: 0, connected: 0, status: 0 };
  return {
    nodesByTag: async () => parts.nodes?.(++asked.nodes) ?? [],
    nodeById: async () => parts.known,
    isConnected: async () => parts.connected?.(++asked.connected) ?? false,
    clustersByResourceId: async () => {
      const status = parts.status?.(++asked.status);
      return status === undefined ? [] : [{ status } as ClusterView];
    },
  };
}

/** Runs a wait to its end on a clock of its own. */
async function settle<T>(clock: FakeClock, work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const settled = Promise.allSettled([work]);
  let done = false;
  void settled.then(() => (done = true));
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    if (clock.asleep > 0) await clock.advance(250);
  }
  return (await settled)[0];
}

const wait = (clock: FakeClock) => ({ clock, timeoutMs: 5000, signal: new AbortController().signal });

describe("waitForBastion", () => {
  it("answers the instance once its control channel is open, not when it is merely online", async () => {
    const clock = new FakeClock();
    let looks = 0;
    const found = await settle(
      clock,
      waitForBastion(PLATFORM, calls({ nodes: () => [NODE], connected: (n) => (looks = n) === 3 }), wait(clock)),
    );
    assert.deepEqual(found, { status: "fulfilled", value: NODE.instanceId });
    assert.equal(looks, 3);
  });

  const failures: [string, Parameters<typeof calls>[0], string, RegExp][] = [
    [
      "online and never connected: the path to ssmmessages",
      { nodes: () => [NODE] },
      "TUNNEL_TARGET_NOT_CONNECTED",
      /i-0123456789abcdef0 is online but has no control channel: the path to ssmmessages/,
    ],
    ["never registered: the path to ssm, role, image", {}, "TUNNEL_TARGET_NOT_CONNECTED", /never sent a heartbeat/],
    ["registered without the tag", { known: NODE }, "DOOR_TARGET_NOT_FOUND", /without this tag nobody can find it/],
    [
      "lost its heartbeat",
      { nodes: () => [{ ...NODE, pingStatus: "ConnectionLost" }], connected: () => true },
      "TUNNEL_TARGET_NOT_CONNECTED",
      /never sent a heartbeat/,
    ],
  ];
  for (const [title, parts, code, likely] of failures) {
    it(`${title} → ${code}`, async () => {
      const clock = new FakeClock();
      const failed = await settle(clock, waitForBastion(PLATFORM, calls(parts), wait(clock)));
      assert.equal(failed.status, "rejected");
      assert.equal((failed.reason as { code: string }).code, code);
      assert.match((failed.reason as { likely: string }).likely, likely);
    });
  }

  it("names tag and value when no instance carries the tag", async () => {
    const clock = new FakeClock();
    const failed = await settle(clock, waitForBastion(PLATFORM, calls({ known: NODE }), wait(clock)));
    assert.equal(
      failed.status === "rejected" && (failed.reason as Error).message,
      "No instance carries the tag sallyport:door=payments/dev.",
    );
  });
});

describe("waitForCluster", () => {
  const cluster = PLATFORM.clusters.app;
  if (!cluster) throw new Error("the sample has no cluster");

  it("answers when RDS says available", async () => {
    const clock = new FakeClock();
    const found = await settle(
      clock,
      waitForCluster("app", cluster, calls({ status: (n) => (n < 3 ? "creating" : "available") }), wait(clock)),
    );
    assert.equal(found.status === "fulfilled" && found.value.status, "available");
  });

  it("says the last status seen when time is up", async () => {
    const clock = new FakeClock();
    const failed = await settle(
      clock,
      waitForCluster("app", cluster, calls({ status: () => "creating" }), wait(clock)),
    );
    assert.equal(
      failed.status === "rejected" && (failed.reason as Error).message,
      "Cluster app is creating after 5 s.",
    );
    const unknown = await settle(
      new FakeClock(),
      waitForCluster("app", cluster, calls({}), { ...wait(clock), timeoutMs: 0 }),
    );
    assert.equal(unknown.status === "rejected" && (unknown.reason as { code: string }).code, "WAIT_TIMEOUT");
  });
});
