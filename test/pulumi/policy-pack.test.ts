import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { SallyportError } from "../../automation/core/errors";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { foldEvent, emptyFold, type EngineEventLike, type EngineFold } from "../../automation/pulumi/engine-events";
import { openStack } from "../../automation/pulumi/open-stack";
import { PACK_NAME, RULES } from "../../policies/pack";
import { UNDECIDED_POLICY } from "../../policies/to-policy";
import { ROOT } from "../support/source-files";
import { startToyProvider, type ToyProvider } from "./toy-provider";
import { makeStage, testEngine, type ToyStage } from "./toy-stack";

type Values = Record<string, unknown>;
type Program = () => Promise<Values>;

/** A resource of AWS by its type token: the provider behind it makes anything. */
class Made extends pulumi.CustomResource {
  constructor(type: string, name: string, args: Values, options?: pulumi.CustomResourceOptions) {
    super(type, name, args, options);
  }
}

const ACCESS = "arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ/reader";

const policy = (action: string, resource: unknown, condition: Values = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: resource, Condition: condition }],
  });

const session = (host: unknown): string =>
  JSON.stringify({
    schemaVersion: "1.0",
    sessionType: "Port",
    properties: { host, portNumber: "5432", type: "LocalPortForwarding" },
  });

/** One mistake for each rule. */
const mistakes: Program = async () => {
  const vpc = new Made("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  const subnet = new Made("aws:ec2/subnet:Subnet", "subnet", { vpcId: vpc.id });
  new Made("aws:ec2/vpcEndpoint:VpcEndpoint", "ssm", {
    vpcId: vpc.id,
    vpcEndpointType: "Interface",
    serviceName: "com.amazonaws.eu-west-2.ssm",
  });
  new Made("aws:ec2/securityGroup:SecurityGroup", "open", { ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] });
  new Made("aws:ec2/instance:Instance", "bastion", { subnetId: subnet.id, associatePublicIpAddress: true });
  new Made("aws:ec2/launchTemplate:LaunchTemplate", "template", {
    metadataOptions: { httpTokens: "required" },
    networkInterfaces: [{ associatePublicIpAddress: "true" }],
  });
  new Made("aws:rds/cluster:Cluster", "orders", { masterPassword: pulumi.secret("hunter2-hunter2") });
  new Made("aws:rds/clusterInstance:ClusterInstance", "orders-1", { publiclyAccessible: true });
  new Made("aws:ssm/document:Document", "document", { documentType: "Session", content: session("{{ host }}") });
  new Made("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", "connect", {
    inlinePolicy: policy("rds-db:connect", "*"),
  });
  new Made("aws:iam/rolePolicy:RolePolicy", "start", { policy: policy("ssm:StartSession", "*") });
  new Made("aws:cloudwatch/logGroup:LogGroup", "trail", {});
  return {};
};

/** The same without mistakes; what comes from other resources is not known before they are made. */
const good: Program = async () => {
  const vpc = new Made("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  const subnet = new Made("aws:ec2/subnet:Subnet", "subnet", { vpcId: vpc.id });
  for (const service of ["ssm", "ssmmessages"])
    new Made("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
      vpcId: vpc.id,
      vpcEndpointType: "Interface",
      serviceName: `com.amazonaws.eu-west-2.${service}`,
    });
  const group = new Made("aws:ec2/securityGroup:SecurityGroup", "group", { vpcId: vpc.id });
  new Made("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", {
    securityGroupId: group.id,
    referencedSecurityGroupId: group.id,
  });
  const metadataOptions = { httpTokens: "required" };
  new Made("aws:ec2/instance:Instance", "bastion", {
    subnetId: subnet.id,
    associatePublicIpAddress: false,
    metadataOptions,
  });
  new Made("aws:rds/cluster:Cluster", "orders", {
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    manageMasterUserPassword: true,
  });
  new Made("aws:ssm/document:Document", "document", { documentType: "Session", content: session("orders.internal") });
  new Made("aws:iam/policy:Policy", "connect", { policy: policy("rds-db:connect", ACCESS) });
  return {};
};

/** Mistakes that show only once another resource is there. */
const hidden: Program = async () => {
  const vpc = new Made("aws:ec2/vpc:Vpc", "vpc", {});
  const later = <T>(value: T): pulumi.Output<T> => vpc.id.apply(() => value);
  new Made("aws:ec2/instance:Instance", "server", {
    associatePublicIpAddress: later(true),
    metadataOptions: { httpTokens: "required" },
  });
  new Made("aws:iam/policy:Policy", "connect", { policy: later(policy("rds-db:connect", "*")) });
  new Made("aws:ssm/document:Document", "document", { documentType: "Session", content: later(session("{{ host }}")) });
  return {};
};

describe("policy pack", function () {
  this.timeout(120_000);
  let engine: Engine;
  let toy: ToyProvider;
  let stage: ToyStage;
  let fold: EngineFold;

  before(async function () {
    this.timeout(600_000);
    execFileSync(process.execPath, [path.join(ROOT, "automation", "build.mjs"), "policies"], { cwd: ROOT });
    engine = await testEngine();
  });
  beforeEach(async () => {
    toy = await startToyProvider();
    stage = makeStage("policies");
    fold = emptyFold;
  });
  afterEach(async () => {
    await toy.close();
    stage.remove();
  });

  const run = async (operation: "preview" | "up", program: Program): Promise<void> => {
    const env = stage.env(toy.attach.replace(/^toy:/, "aws:"));
    const stack = await openStack({
      engine,
      project: "toy",
      stack: "dev",
      workDir: stage.workDir,
      config: {},
      env,
      program,
    });
    const onEvent = (event: unknown): void => void (fold = foldEvent(fold, event as EngineEventLike));
    await stack[operation]({ policyPacks: [path.join(ROOT, "policies")], onEvent });
  };
  const named = (mandatory: boolean): string[] =>
    fold.policies
      .filter((rule) => rule.mandatory === mandatory)
      .map((rule) => `${rule.policy} ${rule.urn?.split("::").at(-1)}`)
      .sort();

  it("starts as fast as the SDK lets it: the compiled pack asks for the policy SDK and no provider's", () => {
    const compiled = readFileSync(path.join(ROOT, "policies", "dist", "index.js"), "utf8");
    const outside = [...compiled.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? "");
    assert.deepEqual([...new Set(outside.filter((name) => !isBuiltin(name)))], ["@pulumi/policy"]);
  });

  it("names every planted mistake at preview as mandatory, and prints no password", async () => {
    await assert.rejects(run("preview", mistakes), (error: SallyportError) => {
      assert.equal(error.code, "POLICY_VIOLATION");
      assert.equal(error.message.includes("hunter2"), false);
      return true;
    });
    assert.deepEqual(named(true), [
      "ec2-imdsv2 bastion",
      "logs-retention trail",
      "net-bastion-no-public-ip bastion",
      "net-lt-no-public-ip template",
      "rds-encrypted orders",
      "rds-iam-auth orders",
      "rds-managed-master orders",
      "rds-managed-master orders",
      "rds-not-public orders-1",
      "sg-no-world open",
      "ssm-doc-port-pinned document",
      "sso-connect-scoped connect",
      "sso-startsession-scoped start",
      "vpce-required bastion",
    ]);
    assert.deepEqual([...new Set(fold.policies.map((rule) => rule.policy))].sort(), RULES.map(({ id }) => id).sort());
    assert.deepEqual(named(false), []);
    assert.equal(
      fold.policies.every((rule) => rule.pack === PACK_NAME),
      true,
    );
    assert.equal(JSON.stringify(fold).includes("hunter2"), false);
    assert.equal(toy.things.size, 0);
  });

  it("has nothing to say about a good program, at preview and at up, though ids are not known yet", async () => {
    for (const operation of ["preview", "up"] as const) {
      fold = emptyFold;
      await run(operation, good);
      assert.deepEqual(fold.policies, [], operation);
      for (const rule of ["vpce-required", "sg-no-world", "sso-connect-scoped", "ssm-doc-port-pinned"])
        assert.ok(fold.rules.has(rule), `${operation}: ${rule} has looked`);
    }
  });

  it("names once what it cannot decide at preview, counts no such rule as passed, and stops the apply before the resource", async () => {
    await run("preview", hidden);
    assert.deepEqual(named(true), []);
    assert.deepEqual(named(false), [`${UNDECIDED_POLICY} toy-dev`]);
    assert.equal(
      fold.policies[0]?.message.split("\n")[1],
      "Cannot be decided until apply: net-bastion-no-public-ip: server.associatePublicIpAddress; " +
        "ssm-doc-port-pinned: document.content; sso-connect-scoped: connect.policy; sso-startsession-scoped: connect.policy.",
    );
    // The engine's account of what looked and passed: none that stayed open is among it.
    assert.deepEqual([...fold.rules].sort(), [UNDECIDED_POLICY, "ec2-imdsv2", "vpce-required"]);

    fold = emptyFold;
    await assert.rejects(run("up", hidden), { code: "POLICY_VIOLATION" });
    assert.deepEqual([...toy.things.keys()], ["thing-1"], "the vpc alone was made");
    assert.ok(named(true).length > 0);
  });
});
