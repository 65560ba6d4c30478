import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";
import { SallyportError } from "../../../../automation/core/errors";
import { connectDatabase, type DatabaseRequest } from "../../../../automation/door/database-connection";
import { errorMessage, fakePostgres, rowAnswer, type FakePostgres } from "../../../support/fake-postgres";
import { makeAuthority, type MadeAuthority, type MadeCertificate } from "../../../support/made-certificates";

const NAME = "payments-dev-app.cluster-abc.eu-west-2.rds.amazonaws.com";

describe("database connection", () => {
  let authority: MadeAuthority;
  let certificate: MadeCertificate;
  let server: FakePostgres;
  before(async () => {
    authority = await makeAuthority();
    certificate = await authority.issue([NAME]);
  });
  afterEach(() => server.close());

  const request = async (more: Partial<DatabaseRequest> = {}): Promise<DatabaseRequest> => ({
    stream: await server.stream(),
    endpoint: NAME,
    port: 5432,
    user: "jane@example.com",
    password: "the-token",
    database: "app",
    authorities: [authority.ca],
    connectTimeoutMs: 5_000,
    applicationName: "sallyport developer",
    clock: systemClock,
    ...more,
  });

  it("logs in over verified TLS and runs SQL", async () => {
    server = await fakePostgres(certificate, { answers: { "select 1 as one": rowAnswer({ one: "1" }) } });
    const client = await connectDatabase(await request());
    assert.deepEqual((await client.query("select 1 as one")).rows, [{ one: "1" }]);
    await client.end();
    assert.equal(server.logins[0]?.password, "the-token");
    const { user, database, application_name } = server.logins[0].parameters;
    assert.deepEqual([user, database, application_name], ["jane@example.com", "app", "sallyport developer"]);
  });

  it("never sends the password to a server with another name", async () => {
    server = await fakePostgres(await authority.issue(["other.example"]));
    await assert.rejects(connectDatabase(await request()), { code: "TLS_WRONG_NAME" });
    assert.deepEqual(server.logins, []);
  });

  it("tells a refused login in the server's words", async () => {
    server = await fakePostgres(certificate, {
      refusal: errorMessage("FATAL", "28000", 'PAM authentication failed for user "jane@example.com"'),
    });
    await assert.rejects(connectDatabase(await request()), {
      code: "DB_LOGIN_REFUSED",
      exitCode: 5,
      message:
        'The database refused the login "jane@example.com": FATAL 28000 PAM authentication failed for user "jane@example.com"',
    });
  });

  it("tells a server that hangs up in the middle of a login", async () => {
    server = await fakePostgres(certificate, { refusal: Buffer.alloc(0) });
    await assert.rejects(connectDatabase(await request()), { code: "DB_UNREACHABLE" });
  });

  it("ends with the reason of an interruption", async () => {
    server = await fakePostgres(certificate, { manner: "silent" });
    const controller = new AbortController();
    const reason = new SallyportError("INTERRUPTED", { message: "Interrupted." });
    const connecting = connectDatabase(await request({ signal: controller.signal }));
    controller.abort(reason);
    await assert.rejects(connecting, reason);
  });
});
