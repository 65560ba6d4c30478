import assert from "node:assert/strict";
import type { PortSession } from "../../../../../automation/sandbox/account/ports";
import { resetEstate, seedsOf } from "../../../../../automation/sandbox/daemon/reset-estate";
import { issueInstanceCredentials } from "../../../../../automation/sandbox/node/instance-credentials";
import { doorEstate } from "../../../../support/door-estate";

describe("resetting an estate", () => {
  it("brings back the seeds as they were, and ends what hangs on the rest", async () => {
    const { estate, made, instance } = doorEstate();
    assert.ok(made.role && made.vpc);
    const key = issueInstanceCredentials(estate, instance, made.role);
    const seeds = seedsOf(estate);
    const count = estate.objects.length;
    made.vpc.props.cidrBlock = "changed";
    estate.add({ token: "aws:ec2/vpc:Vpc", id: "vpc-2", account: "000000000000", region: "eu-west-2", props: {} });
    const later = issueInstanceCredentials(estate, instance, made.role);
    estate.log("iam-db-auth-error", "refused");
    estate.directory.users.push({ userId: "u", userName: "late", displayName: "Late", email: "late@example.com" });
    const [deleted, ended]: [string[], string[]] = [[], []];
    const clusters = {
      create: () => Promise.resolve(),
      delete: ({ id }: { id: string }) => Promise.resolve(void deleted.push(id)),
      resolve: () => undefined,
    };
    const gateway = { list: () => [{ id: "s-1" } as PortSession], terminate: (id: string) => void ended.push(id) };
    for (let round = 0; round < 2; round += 1) {
      await resetEstate(estate, seeds, clusters, gateway);
      assert.equal(estate.objects.length, count);
      assert.equal(estate.find("aws:ec2/vpc:Vpc", "vpc-1")?.props.cidrBlock, "10.40.0.0/24");
      assert.deepEqual([estate.keys.has(key.accessKeyId), estate.keys.has(later.accessKeyId)], [true, false]);
      assert.deepEqual([estate.logs, estate.directory.users], [[], []]);
      const vpc = estate.find("aws:ec2/vpc:Vpc", "vpc-1");
      if (vpc) vpc.props.cidrBlock = "changed again";
    }
    assert.deepEqual(
      [deleted, ended],
      [
        ["sp-app", "sp-app"],
        ["s-1", "s-1"],
      ],
    );
  });
});
