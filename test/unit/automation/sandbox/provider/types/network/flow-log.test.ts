import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";
import type { Resource } from "../../fixture";
import { EC2_TRUST, FLOW_LOG_TRUST, openWorld, type World } from "../../world";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";

describe("simulated flow log", () => {
  let world: World;
  let inputs: Props;
  beforeEach(async () => {
    world = await openWorld();
    const vpc = await world.aws.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.40.0.0/24" });
    const logs = await world.aws.make(LOG_GROUP, { name: "/flows", retentionInDays: 400 });
    const role = await world.aws.make(ROLE, { name: "flows", assumeRolePolicy: FLOW_LOG_TRUST });
    inputs = {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestination: plainText(logs.outputs.arn),
      iamRoleArn: plainText(role.outputs.arn),
    };
  });
  afterEach(() => world.close());

  const allow = (Resource: string): Promise<Resource> =>
    world.aws.make("aws:iam/rolePolicy:RolePolicy", {
      name: "deliver",
      role: "flows",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["logs:*"], Resource }],
      }),
    });
  const status = (id: string): Props | undefined => world.estate.find(FLOW_LOG, id)?.hidden;
  const without = (key: string): Props => Object.fromEntries(Object.entries(inputs).filter(([each]) => each !== key));

  it("watches a VPC every ten minutes, in AWS's own format, unless told otherwise", async () => {
    const { outputs } = await world.aws.make(FLOW_LOG, inputs);
    assert.deepEqual(
      [outputs.logDestinationType, outputs.maxAggregationInterval, outputs.logFormat],
      [
        "cloud-watch-logs",
        600,
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} " +
          "${bytes} ${start} ${end} ${action} ${log-status}",
      ],
    );
  });

  it("takes a log group's ARN with :* at its end as well", async () => {
    const starred = { ...inputs, logDestination: `${plainText(inputs.logDestination)}:*` };
    const made = await world.aws.make(FLOW_LOG, starred);
    assert.equal((await world.aws.diff(made, starred)).changed, false);
    await assert.rejects(world.aws.make(FLOW_LOG, inputs), /FlowLogAlreadyExists/);
  });

  it("D8 is made all the same when its role may not write, and nothing arrives", async () => {
    const { id } = await world.aws.make(FLOW_LOG, inputs);
    assert.deepEqual(status(id), { deliverLogsStatus: "FAILED", deliverLogsErrorMessage: "Access error" });
  });

  it("delivers when its role may write, and as long as it may", async () => {
    const policy = await allow("*");
    const { id, outputs } = await world.aws.make(FLOW_LOG, inputs);
    assert.deepEqual(status(id), { deliverLogsStatus: "SUCCESS" });
    await world.aws.remove(policy);
    await world.aws.read(FLOW_LOG, id, outputs);
    assert.deepEqual(status(id), { deliverLogsStatus: "FAILED", deliverLogsErrorMessage: "Access error" });
  });

  it("delivers nothing once its log group is gone", async () => {
    await allow("*");
    const { id, outputs } = await world.aws.make(FLOW_LOG, inputs);
    await world.aws.remove({ token: LOG_GROUP, id: "/flows", outputs: {} });
    await world.aws.read(FLOW_LOG, id, outputs);
    assert.equal(status(id)?.deliverLogsStatus, "FAILED");
  });

  it("a role that was just made is not found at first: the provider tries again", async () => {
    const before = world.estate.clocks.work();
    await world.aws.make(FLOW_LOG, inputs);
    assert.ok(world.estate.clocks.work() - before >= 5_000, `${world.estate.clocks.work() - before} ms`);
  });

  it("a role that does not trust the service, is missing or of another account is refused after two minutes", async () => {
    const other = await world.aws.make(ROLE, { name: "other", assumeRolePolicy: EC2_TRUST });
    const own = plainText(inputs.iamRoleArn);
    for (const iamRoleArn of [
      plainText(other.outputs.arn),
      `${own}-none`,
      own.replace("000000000000", "000000000001"),
    ]) {
      const before = world.estate.clocks.work();
      await assert.rejects(
        world.aws.make(FLOW_LOG, { ...inputs, iamRoleArn }),
        /creating EC2 Flow Log: .* CreateFlowLogs, .* api error InvalidParameter: Unable to assume given IAM role/,
      );
      assert.equal(world.estate.clocks.work() - before, 2 * 60_000);
    }
    assert.deepEqual(world.estate.list(FLOW_LOG), []);
  });

  it("what CreateFlowLogs needs and does not get is named", async () => {
    const words: readonly [string, RegExp][] = [
      ["iamRoleArn", /DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs\./],
      ["trafficType", /MissingParameter: The request must contain the parameter TrafficType/],
      ["logDestination", /LogDestination can't be empty if LogGroupName is not provided\./],
      ["vpcId", /"vpc_id": one of `eni_id,regional_nat_gateway_id,.*,vpc_id` must be specified/],
    ];
    for (const [key, expected] of words) await assert.rejects(world.aws.make(FLOW_LOG, without(key)), expected, key);
  });

  it("a log group or VPC that does not stand is refused", async () => {
    await assert.rejects(
      world.aws.make(FLOW_LOG, { ...inputs, logDestination: `${plainText(inputs.logDestination)}-none` }),
      /LogDestinationNotFoundException: LogDestination: arn:aws:logs:eu-west-2:\d{12}:log-group:\/flows-none does not exist\./,
    );
    await assert.rejects(world.aws.make(FLOW_LOG, { ...inputs, vpcId: "vpc-0" }), /InvalidVpcID\.NotFound/);
  });

  it("a second one of the same traffic into the same group is refused, of other traffic it is not", async () => {
    await world.aws.make(FLOW_LOG, inputs);
    await assert.rejects(world.aws.make(FLOW_LOG, inputs), /FlowLogAlreadyExists/);
    await world.aws.make(FLOW_LOG, { ...inputs, trafficType: "REJECT" });
  });
});
