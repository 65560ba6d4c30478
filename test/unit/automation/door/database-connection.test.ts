import assert from "node:assert/strict";
import { getEventListeners, once } from "node:events";
import { SallyportError } from "../../../../automation/core/errors";
import { connectDatabase, type DatabaseRequest } from "../../../../automation/door/database-connection";
import { errorMessage, fakePostgres, rowAnswer, type FakePostgres } from "../../../support/fake-postgres";
import { makeAuthority, type MadeAuthority, type MadeCertificate } from "../../../support/made-certificates";
import { verifiedStream } from "../../../support/verified-stream";

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
    secure: await verifiedStream(server, NAME, authority),
    endpoint: NAME,
    port: 5432,
    user: "jane@example.com",
    password: "the-token",
    database: "app",
    connectTimeoutMs: 5_000,
    applicationName: "sallyport developer",
    ...more,
  });

  it("logs in over the stream and runs SQL", async () => {
    server = await fakePostgres(certificate, { answers: { "select 1 as one": rowAnswer({ one: "1" }) } });
    const client = await connectDatabase(await request());
    assert.deepEqual((await client.query("select 1 as one")).rows, [{ one: "1" }]);
    await client.end();
    assert.equal(server.logins[0]?.password, "the-token");
    const { user, database, application_name } = server.logins[0].parameters;
    assert.deepEqual([user, database, application_name], ["jane@example.com", "app", "sallyport developer"]);
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
    server = await fakePostgres(certificate);
    const controller = new AbortController();
    const reason = new SallyportError("INTERRUPTED", { message: "Interrupted." });
    const connecting = connectDatabase(await request({ signal: controller.signal }));
    controller.abort(reason);
    await assert.rejects(connecting, reason);
    const late = await request({ signal: controller.signal });
    await assert.rejects(connectDatabase(late), reason);
    assert.equal(late.secure.destroyed, true);
  });

  it("leaves nothing behind on a signal that lives on", async () => {
    server = await fakePostgres(certificate);
    const { signal } = new AbortController();
    const login = await request({ signal });
    const client = await connectDatabase(login);
    const closed = once(login.secure, "close");
    await client.end();
    await closed;
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });

  it("a connection that breaks between two statements says so at the next one, and ends nothing else", async () => {
    server = await fakePostgres(certificate);
    const login = await request();
    const client = await connectDatabase(login);
    const closed = new Promise((resolve) => login.secure.on("close", resolve));
    login.secure.destroy(new Error("reset"));
    await closed;
    await assert.rejects(client.query("select 1"), {
      message: "Client has encountered a connection error and is not queryable",
    });
    await client.end();
  });
});
