import { writeFileSync } from "node:fs";
import path from "node:path";
import { awsDoorCalls, type openAwsDoor } from "../../automation/door/aws-door";
import { openDoor } from "../../automation/door/open-door";
import { SMALL_DESCRIPTOR } from "./door-descriptor";
import { tunnelTo } from "./fake-tunnel";
import { callerIdentity, dbClusters, FakeAws } from "./fake-aws";
import { errorMessage, fakePostgres, rowAnswer, type FakePostgres } from "./fake-postgres";
import { makeAuthority, type MadeAuthority } from "./made-certificates";
import { recordedContext, type RecordedContext } from "./recorded-context";
import { homeOf, SIGN_IN, signedInContext } from "./signed-in";

/** The endpoint of the only cluster. */
export const ENDPOINT = "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com";
/** The statement that the stand-in answers. */
export const WHO = "select current_user";

/** A person's whole way: jane's sign-in with two roles, AWS and PostgreSQL as stand-ins, the door between them real. */
export class PersonWorld {
  private constructor(
    readonly aws: FakeAws,
    readonly authority: MadeAuthority,
    public server: FakePostgres,
  ) {}

  static async start(): Promise<PersonWorld> {
    const authority = await makeAuthority();
    const server = await fakePostgres(await authority.issue([ENDPOINT]), {
      answers: { [WHO]: rowAnswer({ current_user: "jane@example.com" }) },
    });
    const aws = await FakeAws.start();
    answerAs(aws);
    return new PersonWorld(aws, authority, server);
  }

  /** The real door over a stream that leads straight to the stand-in. */
  readonly open: typeof openAwsDoor = (request) =>
    openDoor({
      ...request,
      calls: awsDoorCalls({
        region: request.target.region,
        endpoint: request.endpoint,
        credentials: request.credentials,
        clock: request.clock,
      }),
      openTunnel: async () => tunnelTo(() => this.server.stream()),
    });

  /** jane's context, signed in to this world. `more` as for `recordedContext`. */
  context(folder: string, more: Parameters<typeof recordedContext>[1] = {}): RecordedContext {
    const caBundle = path.join(folder, "ca.pem");
    writeFileSync(caBundle, this.authority.ca);
    signedInContext(folder, { ...SIGN_IN, sandbox: { endpointUrl: this.aws.url, caBundle } });
    return recordedContext(folder, { ...more, env: { SALLYPORT_HOME: homeOf(folder), ...more.env } });
  }

  /** From now on the database refuses every login. */
  async refuseLogins(): Promise<void> {
    await this.server.close();
    this.server = await fakePostgres(await this.authority.issue([ENDPOINT]), {
      refusal: errorMessage("FATAL", "28000", 'PAM authentication failed for user "jane@example.com"'),
    });
  }

  async close(): Promise<void> {
    await this.aws.close();
    await this.server.close();
  }
}

function answerAs(aws: FakeAws): void {
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
        Endpoint: ENDPOINT,
        ReaderEndpoint: ENDPOINT,
        Port: "5432",
      },
    ]),
  );
  aws.on("DescribeDocument", ({ input }) => ({
    json: { Document: { Hash: (String(input.Name).endsWith("-reader") ? "b" : "a").repeat(64) } },
  }));
  aws.on("DescribeInstanceInformation", {
    json: { InstanceInformationList: [{ InstanceId: "i-1", PingStatus: "Online" }] },
  });
  aws.on("GetConnectionStatus", { json: { Status: "connected" } });
  aws.on("StartSession", {
    json: { SessionId: "jane-1", TokenValue: "token-value", StreamUrl: "ws://127.0.0.1/v1/data-channel/jane-1" },
  });
  aws.on("TerminateSession", { json: {} });
}
