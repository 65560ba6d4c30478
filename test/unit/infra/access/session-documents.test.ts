import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SessionDocuments } from "../../../../infra/access/session-documents";
import type { ClusterState } from "../../../../infra/cluster/cluster";
import { documentHash } from "../../../../infra/contract/document-hash";
import { inputsOf, record, settled } from "../recorded";

const STATE = {
  identifier: "payments-dev-app",
  resourceId: "cluster-A",
  endpoint: "writer.example",
  readerEndpoint: "reader.example",
  port: 5432,
  engine: "aurora-postgresql" as const,
  masterSecretArn: "",
  databases: {},
};

describe("session documents", () => {
  it("pin the writer's and the reader's real endpoint, and tell their hashes", async () => {
    const { recording, result } = await record(
      () =>
        new SessionDocuments("d", {
          estate: "payments",
          env: "dev",
          cluster: "app",
          state: pulumi.output(STATE) as pulumi.Output<ClusterState>,
        }),
    );
    const hashes = await settled(result.hashes);
    for (const endpoint of ["writer", "reader"] as const) {
      const inputs = inputsOf(recording, "aws:ssm/document:Document", `d-${endpoint}`);
      assert.deepEqual(
        [inputs["name"], inputs["documentType"], inputs["documentFormat"]],
        [`sp-payments-dev-app-${endpoint}`, "Session", "JSON"],
      );
      const content = JSON.parse(String(inputs["content"])) as { properties: { host: string; portNumber: string } };
      assert.deepEqual([content.properties.host, content.properties.portNumber], [`${endpoint}.example`, "5432"]);
      assert.equal(hashes[`sp-payments-dev-app-${endpoint}`], documentHash(String(inputs["content"])));
    }
    assert.deepEqual(await settled(result.names), {
      writer: "sp-payments-dev-app-writer",
      reader: "sp-payments-dev-app-reader",
    });
  });
});
