import assert from "node:assert/strict";
import { makeSsm } from "../../../../automation/aws/ssm";
import { systemClock } from "../../../../automation/core/clock";
import { EXAMPLE_KEYS, FakeAws, jsonError } from "../../../support/fake-aws";

describe("SSM adapter", () => {
  let aws: FakeAws;
  const ssm = () =>
    makeSsm({ region: "eu-west-2", endpoint: aws.url, credentials: EXAMPLE_KEYS, clock: systemClock, attempts: 1 });
  beforeEach(async () => {
    aws = await FakeAws.start();
  });
  afterEach(() => aws.close());

  it("reads parameters below a path to the last page", async () => {
    aws.on("GetParametersByPath", ({ input }) =>
      input.NextToken === undefined
        ? { json: { Parameters: [{ Name: "/a/1", Value: "x" }], NextToken: "n" } }
        : { json: { Parameters: [{ Name: "/a/2", Value: "y" }] } },
    );
    assert.deepEqual(await ssm().parametersByPath("/a"), [
      { name: "/a/1", value: "x" },
      { name: "/a/2", value: "y" },
    ]);
    assert.deepEqual(aws.inputs("GetParametersByPath")[0], { Path: "/a", Recursive: true });
  });

  it("tells a document's hash in lower case", async () => {
    aws.on("DescribeDocument", {
      json: { Document: { Name: "d", Hash: "ABCDEF", HashType: "Sha256", Status: "Active", DefaultVersion: "1" } },
    });
    assert.deepEqual(await ssm().describeDocument("d"), { name: "d", hash: "abcdef", status: "Active", version: "1" });
  });

  it("finds nodes by tag and asks whether their channel is open", async () => {
    aws.on("DescribeInstanceInformation", {
      json: {
        InstanceInformationList: [
          { InstanceId: "i-1", PingStatus: "Online", LastPingDateTime: 1_795_000_000, AgentVersion: "3.3.0.0" },
        ],
      },
    });
    aws.on("GetConnectionStatus", ({ input }) => ({
      json: { Target: input.Target, Status: input.Target === "i-1" ? "connected" : "notconnected" },
    }));
    assert.deepEqual(await ssm().nodesByTag("sallyport:door", "payments/dev"), [
      { instanceId: "i-1", pingStatus: "Online", lastPing: new Date(1_795_000_000_000), agentVersion: "3.3.0.0" },
    ]);
    assert.deepEqual(aws.inputs("DescribeInstanceInformation")[0], {
      Filters: [{ Key: "tag:sallyport:door", Values: ["payments/dev"] }],
    });
    assert.equal(await ssm().isConnected("i-1"), true);
    assert.equal(await ssm().isConnected("i-2"), false);
  });

  it("finds one node by its id, whatever its tags", async () => {
    aws.on("DescribeInstanceInformation", { json: { InstanceInformationList: [] } });
    assert.equal(await ssm().nodeById("i-1"), undefined);
    assert.deepEqual(aws.inputs("DescribeInstanceInformation")[0], {
      Filters: [{ Key: "InstanceIds", Values: ["i-1"] }],
    });
  });

  it("starts and ends a session", async () => {
    aws.on("StartSession", { json: { SessionId: "jane-1", TokenValue: "token-value", StreamUrl: "ws://127.0.0.1/x" } });
    aws.on("TerminateSession", { json: { SessionId: "jane-1" } });
    assert.deepEqual(await ssm().startSession({ target: "i-1", documentName: "d", reason: "look" }), {
      sessionId: "jane-1",
      tokenValue: "token-value",
      streamUrl: "ws://127.0.0.1/x",
    });
    await ssm().terminateSession("jane-1");
    assert.deepEqual(aws.inputs("StartSession"), [{ Target: "i-1", DocumentName: "d", Reason: "look" }]);
    assert.deepEqual(aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
  });

  it("matrix 35: resumes a session with a fresh token and address; none, or no such session, means that it is over", async () => {
    aws.on("ResumeSession", { json: { SessionId: "jane-1", TokenValue: "fresh", StreamUrl: "ws://127.0.0.1/y" } });
    assert.deepEqual(await ssm().resumeSession("jane-1"), {
      sessionId: "jane-1",
      tokenValue: "fresh",
      streamUrl: "ws://127.0.0.1/y",
    });
    aws.on("ResumeSession", { json: { SessionId: "jane-1", TokenValue: "fresh" } });
    assert.equal((await ssm().resumeSession("jane-1"))?.streamUrl, "");
    aws.on("ResumeSession", { json: { SessionId: "jane-1" } });
    assert.equal(await ssm().resumeSession("jane-1"), undefined);
    aws.on("ResumeSession", jsonError("DoesNotExistException", "The session does not exist."));
    assert.equal(await ssm().resumeSession("jane-1"), undefined);
    aws.on("ResumeSession", jsonError("AccessDeniedException", "User: u is not authorized"));
    await assert.rejects(ssm().resumeSession("jane-1"), { code: "AUTH_FORBIDDEN" });
    assert.deepEqual(aws.inputs("ResumeSession")[0], { SessionId: "jane-1" });
  });

  it("shows refusals in AWS's words, and refuses a session without a token", async () => {
    aws.on(
      "StartSession",
      jsonError(
        "AccessDeniedException",
        "User: u is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-2:000000000000:instance/i-1",
      ),
    );
    await assert.rejects(ssm().startSession({ target: "i-1", documentName: "d" }), {
      code: "AUTH_FORBIDDEN",
      message: /on resource: arn:aws:ec2:eu-west-2:000000000000:instance\/i-1$/,
    });
    aws.on("StartSession", jsonError("TargetNotConnected", "i-1 is not connected."));
    await assert.rejects(ssm().startSession({ target: "i-1", documentName: "d" }), {
      code: "TUNNEL_TARGET_NOT_CONNECTED",
    });
    aws.on("StartSession", { json: { SessionId: "s" } });
    await assert.rejects(ssm().startSession({ target: "i-1", documentName: "d" }), { code: "AWS_CALL_FAILED" });
  });

  it("says AWS_UNREACHABLE when nothing listens", async () => {
    const gone = aws.url;
    await aws.close();
    const lost = makeSsm({
      region: "eu-west-2",
      endpoint: gone,
      credentials: EXAMPLE_KEYS,
      clock: systemClock,
      attempts: 1,
    });
    await assert.rejects(lost.isConnected("i-1"), { code: "AWS_UNREACHABLE", exitCode: 6 });
    aws = await FakeAws.start();
  });
});
