import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { connectAndRun, type ConnectRequest } from "../../../../automation/client/connect";
import { lastRole } from "../../../../automation/client/last-role";
import { awsDoorCalls, type openAwsDoor } from "../../../../automation/door/aws-door";
import { openDoor } from "../../../../automation/door/open-door";
import { SMALL_DESCRIPTOR } from "../../../support/door-descriptor";
import { callerIdentity, dbClusters, FakeAws } from "../../../support/fake-aws";
import { errorMessage, fakePostgres, rowAnswer, type FakePostgres } from "../../../support/fake-postgres";
import { makeAuthority, type MadeAuthority } from "../../../support/made-certificates";
import { inTemporaryFolder } from "../../../support/temporary-folder";
import { homeOf, SIGN_IN, signedInContext } from "../../../support/signed-in";
import type { RecordedContext } from "../../../support/recorded-context";

const HOST = "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com";
const SQL = "select current_user";
const REQUEST: ConnectRequest = {
  target: undefined,
  env: undefined,
  estate: undefined,
  role: undefined,
  sql: SQL,
  connectTimeoutMs: 5_000,
  allowOverride: false,
};

describe("from a sign-in to rows", () => {
  let aws: FakeAws;
  let server: FakePostgres;
  let authority: MadeAuthority;
  before(async () => {
    authority = await makeAuthority();
  });
  beforeEach(async () => {
    aws = await FakeAws.start();
    server = await fakePostgres(await authority.issue([HOST]), {
      answers: { [SQL]: rowAnswer({ current_user: "jane@example.com" }) },
    });
    aws.on("GET /assignment/accounts", { json: { accountList: [{ accountId: "000000000000" }] } });
    aws.on("GET /assignment/roles", {
      json: { roleList: [{ roleName: "sp-payments-dev-developer" }, { roleName: "sp-payments-dev-admin" }] },
    });
    aws.on("GET /federation/credentials", ({ input }) => ({
      json: {
        roleCredentials: {
          accessKeyId: `ASIA${String(input.role_name)}`,
          secretAccessKey: "secret-key",
          sessionToken: "session-token",
          expiration: Date.parse("2049-01-01"),
        },
      },
    }));
    aws.on("GetParametersByPath", {
      json: { Parameters: [{ Name: "/sallyport/payments/dev", Value: JSON.stringify(SMALL_DESCRIPTOR) }] },
    });
    aws.on(
      "GetCallerIdentity",
      callerIdentity("000000000000", "arn:aws:sts::000000000000:assumed-role/x/jane@example.com"),
    );
    aws.on(
      "DescribeDBClusters",
      dbClusters([
        {
          DbClusterResourceId: "cluster-ABC",
          DBClusterArn: "arn:aws:rds:eu-west-2:000000000000:cluster:x",
          Endpoint: HOST,
          Port: "5432",
        },
      ]),
    );
    aws.on("DescribeDocument", { json: { Document: { Hash: "a".repeat(64) } } });
    aws.on("DescribeInstanceInformation", {
      json: { InstanceInformationList: [{ InstanceId: "i-1", PingStatus: "Online" }] },
    });
    aws.on("GetConnectionStatus", { json: { Status: "connected" } });
    aws.on("StartSession", {
      json: { SessionId: "jane-1", TokenValue: "token-value", StreamUrl: "ws://127.0.0.1/v1/data-channel/jane-1" },
    });
    aws.on("TerminateSession", { json: {} });
  });
  afterEach(async () => {
    await aws.close();
    await server.close();
  });

  /** The real door over a stream that leads straight to the stand-in. */
  const open: typeof openAwsDoor = (request) =>
    openDoor({
      ...request,
      calls: awsDoorCalls({
        region: request.target.region,
        endpoint: request.endpoint,
        credentials: request.credentials,
        clock: request.clock,
      }),
      openTunnel: async () => ({ openStream: () => server.stream(), close: async () => undefined }),
    });

  const context = (folder: string): RecordedContext => {
    const caBundle = path.join(folder, "ca.pem");
    writeFileSync(caBundle, authority.ca);
    return signedInContext(folder, { ...SIGN_IN, sandbox: { endpointUrl: aws.url, caBundle } });
  };

  it("answers rows, says SANDBOX, remembers the role and ends the session", () =>
    inTemporaryFolder(async (folder) => {
      const here = context(folder);
      assert.deepEqual(await connectAndRun(REQUEST, here, open), {
        sandbox: true,
        target: "dev app/app",
        login: "jane@example.com",
        role: "developer",
        results: [
          {
            command: "SELECT",
            rowCount: 1,
            columns: [{ name: "current_user", oid: 25 }],
            rows: [["jane@example.com"]],
          },
        ],
      });
      assert.match(here.err.join(""), /^SANDBOX {2}simulated AWS at http:\/\/127\.0\.0\.1/);
      assert.deepEqual(
        here.events.map(({ stage, text }) => `${stage}: ${text}`),
        [
          "Sign in: jane@example.com with sp-payments-dev-developer",
          "Door: tunnel through i-1",
          `Connect: certificate of ${HOST} verified, token accepted`,
        ],
      );
      assert.equal(lastRole(homeOf(folder), "payments/dev"), "developer");
      assert.deepEqual(aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
      assert.match(server.logins[0]?.password ?? "", /DBUser=jane%40example\.com/);
    }));

  it("uses the separate login of a role that was asked for", () =>
    inTemporaryFolder(async (folder) => {
      const answer = await connectAndRun({ ...REQUEST, role: "admin" }, context(folder), open);
      assert.deepEqual(
        [answer.login, server.logins[0]?.parameters.user],
        ["jane@example.com--admin", "jane@example.com--admin"],
      );
    }));

  it("ends the session when the login is refused", () =>
    inTemporaryFolder(async (folder) => {
      await server.close();
      server = await fakePostgres(await authority.issue([HOST]), {
        refusal: errorMessage("FATAL", "28000", 'PAM authentication failed for user "jane@example.com"'),
      });
      await assert.rejects(connectAndRun(REQUEST, context(folder), open), { code: "DB_LOGIN_REFUSED", exitCode: 5 });
      assert.deepEqual(aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
      assert.equal(lastRole(homeOf(folder), "payments/dev"), undefined);
    }));

  it("does not believe another authority than the sign-in's", () =>
    inTemporaryFolder(async (folder) => {
      const here = context(folder);
      writeFileSync(path.join(folder, "ca.pem"), (await makeAuthority()).ca);
      await assert.rejects(connectAndRun(REQUEST, here, open), { code: "TLS_UNTRUSTED", exitCode: 6 });
      assert.deepEqual(server.logins, []);
    }));

  it("is no access when every assignment was removed", () =>
    inTemporaryFolder(async (folder) => {
      aws.on("GET /assignment/accounts", { json: { accountList: [] } });
      await assert.rejects(connectAndRun(REQUEST, context(folder), open), { code: "AUTH_NO_ACCESS", exitCode: 5 });
      assert.deepEqual(aws.inputs("StartSession"), []);
    }));
});
