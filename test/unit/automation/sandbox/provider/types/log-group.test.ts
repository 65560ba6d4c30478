import assert from "node:assert/strict";
import { openWorld } from "../world";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

describe("simulated log group", () => {
  it("T23 retention is one of AWS's, a taken name is refused, skipDestroy keeps it", async () => {
    const world = await openWorld();
    assert.match(
      (await world.aws.check(GROUP, { name: "/a", retentionInDays: 10 })).failures.retentionInDays ?? "",
      /expected retention_in_days to be one of \[0 1 3/,
    );
    assert.match((await world.aws.check(GROUP, { name: "aws/a" })).failures.name ?? "", /invalid value/);
    const made = await world.aws.make(GROUP, { name: "/a", retentionInDays: 400, skipDestroy: true });
    assert.equal(made.outputs.arn, "arn:aws:logs:eu-west-2:000000000000:log-group:/a");
    await assert.rejects(
      world.aws.make(GROUP, { name: "/a" }),
      /ResourceAlreadyExistsException: The specified log group already exists/,
    );
    await world.aws.remove(made);
    assert.equal(world.estate.list(GROUP).length, 1);
    const kept = await world.aws.make(GROUP, { name: "/b", deletionProtectionEnabled: true });
    await assert.rejects(world.aws.remove(kept), /ValidationException/);
    await world.close();
  });
});
