import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";
import { Redactor } from "../../../../automation/core/redactor";
import { openDoorSession } from "../../../../automation/door/door-session";
import { chooseTarget } from "../../../../automation/door/door-target";
import type { OpenDoorRequest } from "../../../../automation/door/open-door";
import type { TunnelOptions } from "../../../../automation/tunnel/tunnel";
import { SMALL_DESCRIPTOR } from "../../../support/door-descriptor";
import { EXAMPLE_KEYS } from "../../../support/fake-aws";
import { fakeTunnel, type FakeTunnel } from "../../../support/fake-tunnel";

describe("a session through a door", () => {
  const said: string[] = [];
  const redactor = new Redactor();
  let given: TunnelOptions | undefined;
  let tunnel: FakeTunnel;
  const request = (
    resumed: Awaited<ReturnType<OpenDoorRequest["calls"]["ssm"]["resumeSession"]>>,
  ): OpenDoorRequest => ({
    target: chooseTarget(SMALL_DESCRIPTOR, undefined).door,
    calls: {
      rds: {
        clustersByResourceId: async (resourceId) => [
          {
            identifier: "payments-dev-app",
            resourceId,
            arn: "arn:aws:rds:eu-west-2:000000000000:cluster:payments-dev-app",
            status: "available",
            engine: "aurora-postgresql",
            engineVersion: "16.6",
            endpoint: "db.example",
            readerEndpoint: "",
            port: 5432,
            iamAuthentication: true,
            masterUserName: "",
            masterSecretArn: undefined,
            databaseName: undefined,
          },
        ],
      },
      ssm: {
        describeDocument: async (name) => ({ name, hash: "a".repeat(64), status: "Active", version: "1" }),
        nodesByTag: async () => [{ instanceId: "i-1", pingStatus: "Online", lastPing: undefined, agentVersion: "" }],
        isConnected: async () => true,
        startSession: async () => ({ sessionId: "jane-1", tokenValue: "first-token", streamUrl: "wss://a.example/1" }),
        resumeSession: async (id) => {
          said.push(`resume ${id}`);
          return resumed;
        },
        terminateSession: async (id) => void said.push(`terminate ${id}`),
      },
    },
    openTunnel: async (options) => {
      given = options;
      return tunnel;
    },
    credentials: EXAMPLE_KEYS,
    authorities: [],
    clock: systemClock,
    randomBytes: (size) => Buffer.alloc(size),
    redactor,
    connectTimeoutMs: 5_000,
    applicationName: "test",
  });
  beforeEach(() => {
    said.length = 0;
    tunnel = fakeTunnel();
  });

  it("hands the tunnel what resumes it, and keeps every token and address secret", async () => {
    const fresh = { sessionId: "jane-1", tokenValue: "second-token", streamUrl: "wss://b.example/2" };
    await openDoorSession(request(fresh), undefined, () => undefined);
    assert.deepEqual(await given?.resume?.(new AbortController().signal), fresh);
    assert.deepEqual(said, ["resume jane-1"]);
    const words = "first-token wss://a.example/1 second-token wss://b.example/2";
    assert.equal(redactor.redact(words), "«redacted» «redacted» «redacted» «redacted»");
  });

  it("a session that is over answers so", async () => {
    await openDoorSession(request(undefined), undefined, () => undefined);
    assert.equal(await given?.resume?.(new AbortController().signal), undefined);
  });

  it("ends the session once: when it is closed, or when its tunnel ends by itself", async () => {
    const session = await openDoorSession(request(undefined), undefined, () => undefined);
    await session.tunnel.close();
    await session.tunnel.close();
    assert.deepEqual(said, ["terminate jane-1"]);
    tunnel = fakeTunnel();
    await openDoorSession(request(undefined), undefined, () => undefined);
    tunnel.end("The network is gone.");
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(said, ["terminate jane-1", "terminate jane-1"]);
  });
});
