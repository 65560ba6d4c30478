import assert from "node:assert/strict";
import { plainText } from "../../../../../../automation/sandbox/account/plain-text";
import { openWorld, type World } from "../world";

describe("functions about the account", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it("the caller is the runner, and the assumed role in the identity account", async () => {
    const runner = await world.aws.invoke("aws:index/getCallerIdentity:getCallerIdentity");
    assert.deepEqual(
      [runner.accountId, runner.arn],
      ["000000000000", "arn:aws:sts::000000000000:assumed-role/sallyport-runner/runner"],
    );
    assert.match(plainText(runner.userId), /^AROA[A-Z2-7]{17}:runner$/);
    const identity = await world.identity.invoke("aws:index/getCallerIdentity:getCallerIdentity");
    assert.deepEqual(
      [identity.accountId, identity.arn],
      ["000000000001", "arn:aws:sts::000000000001:assumed-role/sallyport-identity/aws-go-sdk"],
    );
  });

  it("region and partition are the instance's", async () => {
    assert.deepEqual(await world.identity.invoke("aws:index/getRegion:getRegion"), {
      region: "eu-west-1",
      name: "eu-west-1",
      id: "eu-west-1",
      description: "Europe (Ireland)",
      endpoint: "ec2.eu-west-1.amazonaws.com",
    });
    assert.equal((await world.aws.invoke("aws:index/getPartition:getPartition")).partition, "aws");
    await assert.rejects(
      world.aws.invoke("aws:index/getRegion:getRegion", { name: "mars-1" }),
      /region not found for "mars-1"/,
    );
  });

  it("zones come in order, with ids, without what is excluded; an unknown filter is refused", async () => {
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
    const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
    const zones = await world.aws.invoke(token, { state: "available", filters });
    assert.deepEqual(
      [zones.names, zones.zoneIds],
      [
        ["eu-west-2a", "eu-west-2b", "eu-west-2c"],
        ["euw2-az2", "euw2-az3", "euw2-az1"],
      ],
    );
    assert.deepEqual((await world.aws.invoke(token, { excludeNames: ["eu-west-2a"], region: "eu-west-2" })).names, [
      "eu-west-2b",
      "eu-west-2c",
    ]);
    assert.deepEqual((await world.aws.invoke(token, { state: "impaired" })).names, []);
    await assert.rejects(
      world.aws.invoke(token, { filters: [{ name: "zone-type", values: [] }] }),
      /does not simulate the filter zone-type/,
    );
  });
});
