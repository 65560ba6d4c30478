import assert from "node:assert/strict";
import type { ClusterView } from "../../../../automation/aws/rds";
import type { NodeView } from "../../../../automation/aws/ssm";
import { SallyportError } from "../../../../automation/core/errors";
import { chooseTarget } from "../../../../automation/door/door-target";
import { resolveDoor, type DoorCalls } from "../../../../automation/door/resolve-door";
import { SMALL_DESCRIPTOR } from "../../../support/door-descriptor";

const TARGET = chooseTarget(SMALL_DESCRIPTOR, undefined).door;
const CLUSTER: ClusterView = {
  identifier: "payments-dev-app",
  resourceId: "cluster-ABC",
  arn: "arn:aws:rds:eu-west-2:000000000000:cluster:payments-dev-app",
  status: "available",
  engine: "aurora-postgresql",
  engineVersion: "16.6",
  endpoint: "writer.example",
  readerEndpoint: "reader.example",
  port: 5432,
  iamAuthentication: true,
  masterUserName: "m",
  masterSecretArn: undefined,
  databaseName: undefined,
};
const node = (instanceId: string, pingStatus = "Online"): NodeView => ({
  instanceId,
  pingStatus,
  lastPing: undefined,
  agentVersion: "3.3",
});

function calls(
  more: {
    clusters?: ClusterView[];
    hash?: string;
    nodes?: NodeView[];
    connected?: string[];
    document?: () => never;
  } = {},
): DoorCalls {
  return {
    rds: { clustersByResourceId: async () => more.clusters ?? [CLUSTER] },
    ssm: {
      describeDocument: async (name) =>
        more.document?.() ?? { name, hash: more.hash ?? "a".repeat(64), status: "Active", version: "1" },
      nodesByTag: async () => more.nodes ?? [node("i-1")],
      isConnected: async (id) => (more.connected ?? ["i-1"]).includes(id),
      startSession: () => assert.fail("not yet"),
      resumeSession: () => assert.fail("not yet"),
      terminateSession: () => assert.fail("not yet"),
    },
  };
}

describe("resolving a door", () => {
  it("takes the endpoint from AWS by resource id, and the connected bastion by tag", async () => {
    const found = await resolveDoor(TARGET, calls({ nodes: [node("i-0"), node("i-1")] }));
    assert.deepEqual(found, {
      instanceId: "i-1",
      documentName: "sp-payments-dev-app-writer",
      host: "writer.example",
      port: 5432,
      cluster: CLUSTER,
    });
    assert.equal((await resolveDoor({ ...TARGET, endpoint: "reader" }, calls())).host, "reader.example");
  });

  for (const [what, played, words] of [
    [
      "a resource id that AWS does not know",
      { clusters: [] },
      /AWS knows no cluster-ABC in account 000000000000, eu-west-2/,
    ],
    [
      "a cluster of another account",
      { clusters: [{ ...CLUSTER, arn: "arn:aws:rds:eu-west-2:111122223333:cluster:x" }] },
      /is in account 111122223333/,
    ],
    [
      "a cluster of another region",
      { clusters: [{ ...CLUSTER, arn: "arn:aws:rds:eu-west-1:000000000000:cluster:x" }] },
      /eu-west-1, not in 000000000000, eu-west-2/,
    ],
    ["another port", { clusters: [{ ...CLUSTER, port: 3306 }] }, /it listens on port 3306, not on 5432/],
    ["no endpoint", { clusters: [{ ...CLUSTER, endpoint: "" }] }, /names no endpoint/],
    [
      "a changed session document",
      { hash: "c".repeat(64) },
      /Session document sp-payments-dev-app-writer: its content has hash cccccccccccc…, not aaaaaaaaaaaa…/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(resolveDoor(TARGET, calls(played as never)), {
        code: "DOOR_MISMATCH",
        exitCode: 6,
        message: words,
      });
    });
  }

  it("refuses a missing session document, and lets AWS's refusal through", async () => {
    const missing = (): never => {
      throw new SallyportError("AWS_CALL_FAILED", {
        message: "x",
        cause: Object.assign(new Error("x"), { name: "InvalidDocument" }),
      });
    };
    await assert.rejects(resolveDoor(TARGET, calls({ document: missing })), {
      code: "DOOR_MISMATCH",
      message: /AWS knows none of that name/,
    });
    const denied = (): never => {
      throw new SallyportError("AUTH_FORBIDDEN", { message: "on resource: document/x" });
    };
    await assert.rejects(resolveDoor(TARGET, calls({ document: denied })), {
      code: "AUTH_FORBIDDEN",
      message: "on resource: document/x",
    });
  });

  it("compares no hash for whoever has just written the document", async () => {
    const fresh = { ...TARGET, document: { name: TARGET.document.name } };
    assert.equal((await resolveDoor(fresh, calls({ hash: "c".repeat(64) }))).instanceId, "i-1");
  });

  it("tells a missing tag from a bastion without a control channel", async () => {
    await assert.rejects(resolveDoor(TARGET, calls({ nodes: [] })), {
      code: "DOOR_TARGET_NOT_FOUND",
      exitCode: 6,
      message: "No instance in account 000000000000, eu-west-2 carries the tag sallyport:door = payments/dev.",
    });
    await assert.rejects(resolveDoor(TARGET, calls({ connected: [] })), {
      code: "TUNNEL_TARGET_NOT_CONNECTED",
      likely: /i-1 is online but has no control channel/,
    });
    await assert.rejects(resolveDoor(TARGET, calls({ connected: [], nodes: [node("i-1", "ConnectionLost")] })), {
      likely: /i-1 is ConnectionLost/,
    });
  });
});
