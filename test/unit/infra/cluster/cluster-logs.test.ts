import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { clusterLogGroups } from "../../../../infra/cluster/cluster-logs";
import { record, settled } from "../recorded";

describe("log groups of a cluster", () => {
  const groupsOf = async (deletionProtection: boolean): Promise<unknown[]> => {
    const { recording, result } = await record(() => clusterLogGroups("c", "payments-dev-app", deletionProtection, {}));
    await settled(pulumi.all(result.map(({ id }) => id)));
    return recording.resources.map(({ name, inputs }) => [name, inputs]);
  };
  const group = (log: string, deletionProtectionEnabled: boolean): unknown => [
    `c-${log}`,
    { name: `/aws/rds/cluster/payments-dev-app/${log}`, retentionInDays: 400, deletionProtectionEnabled },
  ];

  it("bear the names that RDS writes to, and are kept for more than a year", async () => {
    assert.deepEqual(await groupsOf(false), [group("postgresql", false), group("iam-db-auth-error", false)]);
  });

  it("are protected against deletion as their cluster is", async () => {
    assert.deepEqual(await groupsOf(true), [group("postgresql", true), group("iam-db-auth-error", true)]);
  });
});
