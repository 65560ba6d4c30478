import assert from "node:assert/strict";
import { buildCluster, openWorld, type World } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

describe("simulated cluster instance", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());
  const make = (changes = {}) =>
    world.aws.make(INSTANCE, {
      identifier: "app-1",
      clusterIdentifier: "app",
      engine: "aurora-postgresql",
      instanceClass: "db.serverless",
      ...changes,
    });

  it("the first is the writer; when it goes the lowest tier takes over", async () => {
    await buildCluster(world);
    const first = await make();
    await make({ identifier: "app-2", promotionTier: 2 });
    const third = await make({ identifier: "app-3", promotionTier: 1 });
    assert.deepEqual([first.outputs.writer, third.outputs.writer], [true, false]);
    await world.aws.remove(first);
    assert.deepEqual(
      world.estate.list(INSTANCE).map(({ id, props }) => [id, props.writer]),
      [
        ["app-2", false],
        ["app-3", true],
      ],
    );
  });

  it("T61 serverless needs the cluster's scaling block", async () => {
    await buildCluster(world, { serverlessv2ScalingConfiguration: null });
    await assert.rejects(
      make(),
      /InvalidDBClusterStateFault: Set the Serverless v2 scaling configuration on the parent DB cluster/,
    );
  });

  it("a missing cluster, another engine, an odd class and a taken name are refused", async () => {
    await assert.rejects(make(), /DBClusterNotFoundFault: DBCluster app not found\./);
    await buildCluster(world);
    await assert.rejects(
      make({ engine: "aurora-mysql" }),
      /InvalidParameterCombination: The engine name requested for your DB instance \(aurora-mysql\) doesn't match/,
    );
    await assert.rejects(
      make({ instanceClass: "huge" }),
      /InvalidParameterCombination: RDS does not support creating a DB instance with the following combination: DBInstanceClass=huge/,
    );
    await assert.rejects(
      make({ monitoringInterval: 60 }),
      /InvalidParameterCombination: A MonitoringRoleARN value is required/,
    );
    await make();
    await assert.rejects(make(), /DBInstanceAlreadyExists/);
  });

  it("has an interface in a subnet of the group, and the same hash in its endpoint as the cluster", async () => {
    const { cluster, network } = await buildCluster(world);
    const { outputs } = await make({ availabilityZone: "eu-west-2b" });
    const hash = /cluster-(\w{12})\./.exec(plainText(cluster.outputs.endpoint))?.[1];
    assert.equal(outputs.endpoint, `app-1.${hash}.eu-west-2.rds.amazonaws.com`);
    const [eni] = world.estate.list("sandbox:ec2:NetworkInterface");
    assert.deepEqual([eni?.props.owner, eni?.props.subnetId], ["db:app-1", network.subnets[1].id]);
  });
});
