import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { refuseUpgrade } from "../../../../../../../automation/sandbox/provider/types/rds/cluster-facts";
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
    [
      "a major version that the sandbox has no server of",
      { engineVersion: "99" },
      /InvalidParameterCombination: Cannot find version 99 for aurora-postgresql/,
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

describe("what ModifyDBCluster refuses of a new version", () => {
  const judge = (from: string, to: string, allowed = false) => refuseUpgrade("aurora-postgresql", from, to, allowed);

  it("nothing within a major version, forwards", () => {
    judge("16.9", "16.9");
    judge("16.9", "16.10");
  });

  it("a step back", () => {
    const message = (to: string) => ({
      code: "InvalidParameterCombination",
      message: `Cannot upgrade aurora-postgresql from 18.4 to ${to}`,
    });
    assert.throws(() => judge("18.4", "18.3"), message("18.3"));
    assert.throws(() => judge("18.4", "16.9", true), message("16.9"));
  });

  it("a new major version without the flag, and with it what the sandbox cannot do", () => {
    assert.throws(() => judge("16.9", "18.4"), {
      code: "InvalidParameterCombination",
      message: "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
    });
    assert.throws(() => judge("16.9", "18.4", true), {
      message: "not simulated here: the upgrade of aurora-postgresql from 16.9 to 18.4",
    });
  });
});
