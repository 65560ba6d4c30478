import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";
import { SallyportError } from "../../../../automation/core/errors";
import { Redactor } from "../../../../automation/core/redactor";
import { awsDoorCalls, openAwsDoor } from "../../../../automation/door/aws-door";
import { chooseTarget } from "../../../../automation/door/door-target";
import { roleCredentials } from "../../../../automation/door/role-credentials";
import { SMALL_DESCRIPTOR } from "../../../support/door-descriptor";
import { dbClusters, EXAMPLE_KEYS, FakeAws, jsonError, type AwsRequest } from "../../../support/fake-aws";

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

  describe("with a permission set's credentials", () => {
    let fetched: number;
    /** Keys `ASIA1`, `ASIA2`… of the portal, said to live for an hour. */
    const calls = () => {
      fetched = 0;
      const portal = {
        roleCredentials: async () => ({
          accessKeyId: `ASIA${++fetched}`,
          secretAccessKey: "secret-key",
          expiration: new Date(systemClock.now() + 3_600_000),
        }),
      };
      const credentials = roleCredentials({
        portal,
        account: "000000000000",
        set: "sp-payments-dev-developer",
        clock: systemClock,
        redactor: new Redactor(),
      });
      return awsDoorCalls({ region: "eu-west-2", endpoint: aws.url, credentials, clock: systemClock, attempts: 1 });
    };
    const expired = jsonError("ExpiredTokenException", "The security token included in the request is expired");
    const keyOf = (request: AwsRequest): string =>
      /Credential=(\w+)/.exec(request.headers.authorization ?? "")?.[1] ?? "";

    it("that AWS calls expired before their time are dropped, once for all calls, and the calls are made again", async () => {
      aws.on("GetConnectionStatus", (request) =>
        keyOf(request) === "ASIA1" ? expired : { json: { Status: "connected" } },
      );
      const { ssm, rds } = calls();
      assert.deepEqual(await Promise.all([ssm.isConnected("i-1"), ssm.isConnected("i-1")]), [true, true]);
      assert.equal((await rds.clustersByResourceId("cluster-ABC")).length, 1);
      assert.deepEqual(aws.requests.map(keyOf), ["ASIA1", "ASIA1", "ASIA2", "ASIA2", "ASIA2"]);
      assert.equal(fetched, 2);
    });

    it("that are expired again end as AUTH_SIGN_IN_EXPIRED", async () => {
      aws.on("GetConnectionStatus", expired);
      await assert.rejects(calls().ssm.isConnected("i-1"), {
        code: "AUTH_SIGN_IN_EXPIRED",
        message: /The security token included in the request is expired/,
      });
      assert.equal(fetched, 2);
    });

    it("that AWS refuses for another reason are kept", async () => {
      aws.on("GetConnectionStatus", jsonError("AccessDeniedException", "not authorized"));
      await assert.rejects(calls().ssm.isConnected("i-1"), { code: "AUTH_FORBIDDEN" });
      assert.deepEqual([fetched, aws.requests.length], [1, 1]);
    });
  });

  it("keys that cannot be fetched anew are not tried twice", async () => {
    aws.on("GetConnectionStatus", jsonError("ExpiredTokenException", "expired"));
    const options = { region: "eu-west-2", endpoint: aws.url, credentials: EXAMPLE_KEYS, clock: systemClock };
    await assert.rejects(awsDoorCalls(options).ssm.isConnected("i-1"), { code: "AUTH_SIGN_IN_EXPIRED" });
    assert.equal(aws.requests.length, 1);
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
