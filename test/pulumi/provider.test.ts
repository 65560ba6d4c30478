import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as random from "@pulumi/random";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { openStack } from "../../automation/pulumi/open-stack";
import { makeClocks } from "../../automation/sandbox/account/clocks";
import { DEFAULT_KNOBS, type Estate } from "../../automation/sandbox/account/estate";
import type { ClusterRuntime } from "../../automation/sandbox/account/ports";
import { makeEstate, runnerKey } from "../../automation/sandbox/account/seed";
import { serveProvider, type ServedProvider } from "../../automation/sandbox/provider/serve";
import { makeStage, testEngine, type ToyStage } from "./toy-stack";

const noClusters: ClusterRuntime = {
  create: async () => {
    throw new Error("no room for PostgreSQL");
  },
  delete: async () => undefined,
  resolve: () => undefined,
};

describe("simulated providers on the real engine", function () {
  this.timeout(120_000);
  let engine: Engine;
  let stage: ToyStage;
  let estate: Estate;
  let seeded: number;
  const providers: ServedProvider[] = [];

  before(async function () {
    this.timeout(600_000);
    engine = await testEngine();
  });
  beforeEach(async () => {
    stage = makeStage("provider");
    const knobs = { ...DEFAULT_KNOBS, speed: 10_000 };
    const clocks = makeClocks(
      knobs,
      () => Date.now(),
      () => performance.now(),
    );
    estate = makeEstate({ clocks, knobs, randomBytes, startUrl: "https://sandbox.invalid/start" });
    seeded = estate.objects.length;
    const { accessKeyId, secretAccessKey } = runnerKey(estate);
    const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    for (const pack of ["aws", "random"] as const)
      providers.push(await serveProvider(pack, { estate, environment, clusters: noClusters }));
  });
  afterEach(async () => {
    for (const provider of providers.splice(0)) await provider.close();
    stage.remove();
  });

  const open = (program: () => Promise<Record<string, unknown>>) =>
    openStack({
      engine,
      project: "toy",
      stack: "dev",
      workDir: stage.workDir,
      config: { "aws:region": "eu-west-2" },
      env: stage.env(`aws:${providers[0]?.port},random:${providers[1]?.port}`),
      program,
    });

  const network = async (): Promise<Record<string, unknown>> => {
    const zones = await aws.getAvailabilityZones({ state: "available" });
    const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.1.0.0/24", enableDnsHostnames: true, tags: { Name: "main" } });
    const subnet = new aws.ec2.Subnet("a", {
      vpcId: vpc.id,
      cidrBlock: "10.1.0.0/25",
      availabilityZone: zones.names[0] ?? "",
    });
    const group = new aws.ec2.SecurityGroup("door", { vpcId: vpc.id, description: "Door" });
    new aws.vpc.SecurityGroupEgressRule("out", {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.1.0.0/24",
    });
    const id = new random.RandomId("suffix", { byteLength: 4 });
    return { subnet: subnet.id, hex: id.hex };
  };

  it("a network comes up, changes no more, is refreshed and goes", async () => {
    const stack = await open(network);
    assert.deepEqual((await stack.up()).summary, { create: 5, update: 0, delete: 0, replace: 0, same: 0 });
    const outputs = await stack.outputs();
    assert.match(String(outputs.subnet?.value), /^subnet-0[0-9a-f]{16}$/);
    const same = { create: 0, update: 0, delete: 0, replace: 0, same: 5 };
    assert.deepEqual((await stack.preview({ expectNoChanges: true })).summary, same);
    assert.deepEqual((await stack.refresh()).summary, same);
    await stack.destroy();
    assert.equal(estate.objects.length, seeded);
  });

  it("what failed half-made stays in the state, secrets encrypted, and destroy clears it", async () => {
    const stack = await open(async () => {
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.1.0.0/24" });
      const subnetIds = ["a", "b"].map(
        (zone, index) =>
          new aws.ec2.Subnet(zone, {
            vpcId: vpc.id,
            cidrBlock: `10.1.0.${index * 128}/25`,
            availabilityZone: `eu-west-2${zone}`,
          }).id,
      );
      const group = new aws.rds.SubnetGroup("db", { subnetIds });
      new aws.ssm.Parameter("hush", { name: "/hush", type: "SecureString", value: "whisper-whisper" });
      new aws.rds.Cluster("app", {
        clusterIdentifier: "app",
        engine: "aurora-postgresql",
        masterUsername: "master",
        manageMasterUserPassword: true,
        dbSubnetGroupName: group.name,
        skipFinalSnapshot: true,
      });
      return {};
    });
    await assert.rejects(stack.up(), /creating RDS Cluster \(app\): no room for PostgreSQL/);
    const state = JSON.stringify(await stack.exportStack());
    assert.match(state, /"initErrors":\["creating RDS Cluster \(app\): no room for PostgreSQL"\]/);
    assert.equal(state.includes("whisper-whisper"), false);
    assert.equal((await stack.destroy()).summary.delete, 6);
    assert.equal(estate.objects.length, seeded);
  });
});
