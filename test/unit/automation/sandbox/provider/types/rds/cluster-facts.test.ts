import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { buildCluster, openWorld, type World } from "../../world";

describe("what CreateDBCluster refuses", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const cases: readonly [string, Props, RegExp][] = [
    [
      "T51 a reserved master user",
      { masterUsername: "rdsadmin" },
      /InvalidParameterValue: MasterUsername rdsadmin cannot be used as it is a reserved word/,
    ],
    [
      "a master user that is no identifier",
      { masterUsername: "1st" },
      /InvalidParameterValue: The parameter MasterUsername is not a valid identifier\./,
    ],
    [
      "T52 parameters of another family",
      { engineVersion: "18" },
      /InvalidParameterCombination: The Parameter Group thing-\w+ with DBParameterGroupFamily aurora-postgresql16 cannot be used for this instance\. Please use a Parameter Group with DBParameterGroupFamily aurora-postgresql18/,
    ],
    [
      "a missing parameter group",
      { dbClusterParameterGroupName: "none" },
      /DBClusterParameterGroupNotFound: DBClusterParameterGroup not found: none/,
    ],
    [
      "a missing subnet group",
      { dbSubnetGroupName: "none" },
      /DBSubnetGroupNotFoundFault: DB subnet group none does not exist\./,
    ],
    [
      "a version that is not offered",
      { engineVersion: "16.1" },
      /InvalidParameterCombination: Cannot find version 16\.1 for aurora-postgresql/,
    ],
    ["a group of nowhere", { vpcSecurityGroupIds: ["sg-1"] }, /InvalidVPCNetworkStateFault/],
    [
      "another engine's logs",
      { enabledCloudwatchLogsExports: ["audit"] },
      /InvalidParameterCombination: You cannot use the log types 'audit' with engine version aurora-postgresql 16/,
    ],
    [
      "a database name with a hyphen",
      { databaseName: "my-db" },
      /InvalidParameterValue: DatabaseName must begin with a letter/,
    ],
    [
      "an identifier that is too long",
      { clusterIdentifier: "a".repeat(64) },
      /InvalidParameterValue: The parameter DBClusterIdentifier is not a valid identifier\./,
    ],
  ];
  for (const [what, changes, expected] of cases) {
    it(what, async () => {
      await assert.rejects(buildCluster(world, changes), expected);
      assert.deepEqual(world.estate.list("aws:rds/cluster:Cluster"), []);
    });
  }
});
