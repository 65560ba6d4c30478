import assert from "node:assert/strict";
import { descriptorOf } from "../../../../infra/contract/descriptor-content";

describe("descriptor's content", () => {
  it("names documents and sets by estate, environment, cluster and role", () => {
    const descriptor = descriptorOf({
      estate: "e",
      env: "prod",
      account: "111122223333",
      region: "eu-west-2",
      clusters: [
        { name: "a", resourceId: "cluster-A", port: 5432, databases: ["x", "y"] },
        { name: "b-c", resourceId: "cluster-B", port: 5433, databases: [] },
      ],
      roles: [
        { name: "read-all", login: "self" },
        { name: "admin", login: "separate" },
      ],
      documentHashes: {},
    });
    assert.deepEqual(descriptor.clusters["b-c"], {
      resourceId: "cluster-B",
      engine: "aurora-postgresql",
      port: 5433,
      documents: { writer: "sp-e-prod-b-c-writer", reader: "sp-e-prod-b-c-reader" },
      databases: [],
    });
    assert.deepEqual(descriptor.roles, {
      "read-all": { set: "sp-e-prod-read-all", login: "self" },
      admin: { set: "sp-e-prod-admin", login: "separate" },
    });
  });
});
