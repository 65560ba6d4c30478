import assert from "node:assert/strict";
import { buildCluster, openWorld, type World } from "../../world";

const GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

describe("simulated cluster parameter group", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("unknown families, parameters and values are refused", async () => {
    const make = (family: string, name: string, value: string, applyMethod = "immediate") =>
      world.aws.make(GROUP, { name: "g", family, parameters: [{ name, value, applyMethod }] });
    await assert.rejects(
      make("aurora-postgresql99", "rds.force_ssl", "1"),
      /InvalidParameterValue: ParameterGroupFamily aurora-postgresql99 is not a valid parameter group family/,
    );
    await assert.rejects(
      make("aurora-postgresql16", "rds.force_tls", "1"),
      /InvalidParameterValue: Could not find parameter with name: rds\.force_tls/,
    );
    await assert.rejects(
      make("aurora-postgresql16", "rds.force_ssl", "yes"),
      /InvalidParameterValue: Invalid parameter value: yes for: rds\.force_ssl/,
    );
    await assert.rejects(
      make("aurora-postgresql16", "max_connections", "100"),
      /InvalidParameterCombination: cannot use immediate apply method for static parameter/,
    );
    await make("aurora-postgresql16", "max_connections", "100", "pending-reboot");
  });

  it("the order of parameters is no difference", async () => {
    const [a, b] = [
      { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
      { name: "log_connections", value: "1", applyMethod: "immediate" },
    ];
    const made = await world.aws.make(GROUP, { family: "aurora-postgresql16", parameters: [a, b] });
    assert.equal((await world.aws.diff(made, { family: "aurora-postgresql16", parameters: [b, a] })).changed, false);
    assert.deepEqual((await world.aws.diff(made, { family: "aurora-postgresql16", parameters: [b] })).paths, [
      "parameters",
    ]);
  });

  it("in use it is not deleted, though the provider tries for three minutes", async () => {
    const { parameters } = await buildCluster(world);
    const before = world.estate.clocks.work();
    await assert.rejects(world.aws.remove(parameters), /InvalidDBParameterGroupState/);
    assert.equal(world.estate.clocks.work() - before, 180_000);
  });
});
