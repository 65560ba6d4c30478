import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";
import { SallyportError } from "../../../../automation/core/errors";
import { Redactor } from "../../../../automation/core/redactor";
import { awsDoorCalls, openAwsDoor } from "../../../../automation/door/aws-door";
import { chooseTarget } from "../../../../automation/door/door-target";
import { SMALL_DESCRIPTOR } from "../../../support/door-descriptor";
import { dbClusters, EXAMPLE_KEYS, FakeAws, jsonError } from "../../../support/fake-aws";

const APP = {
  DbClusterResourceId: "cluster-ABC",
  DBClusterArn: "arn:aws:rds:eu-west-2:000000000000:cluster:payments-dev-app",
  Endpoint: "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com",
  Port: "5432",
};

describe("a door over AWS's clients", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = await FakeAws.start();
    aws.on("DescribeDBClusters", dbClusters([APP]));
    aws.on("DescribeDocument", { json: { Document: { Hash: "a".repeat(64) } } });
    aws.on("DescribeInstanceInformation", {
      json: { InstanceInformationList: [{ InstanceId: "i-1", PingStatus: "Online" }] },
    });
    aws.on("GetConnectionStatus", { json: { Status: "connected" } });
    aws.on("TerminateSession", { json: {} });
  });
  afterEach(() => aws.close());

  const open = () =>
    openAwsDoor({
      target: chooseTarget(SMALL_DESCRIPTOR, undefined).door,
      endpoint: aws.url,
      credentials: EXAMPLE_KEYS,
      authorities: [],
      clock: systemClock,
      randomBytes: (size) => Buffer.alloc(size, 1),
      redactor: new Redactor(),
      connectTimeoutMs: 500,
      applicationName: "test",
    });

  it("shows the refusal of StartSession in AWS's words", async () => {
    aws.on(
      "StartSession",
      jsonError(
        "AccessDeniedException",
        "User: jane is not authorized to perform: ssm:StartSession on resource: document/x",
      ),
    );
    await assert.rejects(open(), { code: "AUTH_FORBIDDEN", message: /on resource: document\/x/ });
  });

  it("ends a session whose channel does not open", async () => {
    const gone = await FakeAws.start();
    const streamUrl = `${gone.url.replace("http", "ws")}/v1/data-channel/jane-1`;
    await gone.close();
    aws.on("StartSession", { json: { SessionId: "jane-1", TokenValue: "token-value", StreamUrl: streamUrl } });
    await assert.rejects(open(), SallyportError);
    assert.deepEqual(aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
  });

  it("ends a session although the run was interrupted", async () => {
    const signal = AbortSignal.abort(new SallyportError("INTERRUPTED", { message: "Interrupted." }));
    const calls = awsDoorCalls({
      region: "eu-west-2",
      endpoint: aws.url,
      credentials: EXAMPLE_KEYS,
      clock: systemClock,
      signal,
    });
    await assert.rejects(calls.ssm.isConnected("i-1"), { code: "INTERRUPTED" });
    await calls.ssm.terminateSession("jane-1");
    assert.deepEqual(aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
  });
});
