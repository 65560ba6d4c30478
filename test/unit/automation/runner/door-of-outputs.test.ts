import assert from "node:assert/strict";
import { doorOfOutputs } from "../../../../automation/runner/door-of-outputs";
import type { PlatformOutputs } from "../../../../infra/contract/outputs";

const PLATFORM = {
  estate: "payments",
  environment: "dev",
  account: "111122223333",
  region: "eu-west-2",
  bastion: { instanceId: "i-1", roleName: "r", tag: { key: "sallyport:door", value: "payments/dev" } },
  clusters: {
    app: {
      resourceId: "cluster-A",
      port: 5432,
      documents: { writer: "sp-payments-dev-app-writer", reader: "sp-payments-dev-app-reader" },
    },
  },
} as unknown as PlatformOutputs;

describe("doorOfOutputs", () => {
  it("leads to the writer through its pinned document", () => {
    assert.deepEqual(doorOfOutputs(PLATFORM, "app"), {
      environment: "payments/dev",
      env: "dev",
      account: "111122223333",
      region: "eu-west-2",
      tag: { key: "sallyport:door", value: "payments/dev" },
      cluster: { name: "app", resourceId: "cluster-A", port: 5432 },
      endpoint: "writer",
      document: { name: "sp-payments-dev-app-writer" },
    });
  });

  it("refuses a cluster that the platform does not have", () => {
    assert.throws(() => doorOfOutputs(PLATFORM, "other"), {
      code: "TARGET_UNKNOWN",
      message: 'The platform of dev has no cluster "other".',
    });
  });
});
