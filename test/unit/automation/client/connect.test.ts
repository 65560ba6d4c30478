import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { connectAndRun, type ConnectRequest } from "../../../../automation/client/connect";
import { lastRole } from "../../../../automation/client/last-role";
import { makeAuthority } from "../../../support/made-certificates";
import { ENDPOINT, PersonWorld, WHO } from "../../../support/person-world";
import { inTemporaryFolder } from "../../../support/temporary-folder";
import { homeOf } from "../../../support/signed-in";

const REQUEST: ConnectRequest = {
  target: undefined,
  env: undefined,
  estate: undefined,
  role: undefined,
  sql: WHO,
  connectTimeoutMs: 5_000,
  allowOverride: false,
};

describe("from a sign-in to rows", () => {
  let world: PersonWorld;
  beforeEach(async () => {
    world = await PersonWorld.start();
  });
  afterEach(() => world.close());

  it("answers rows, says SANDBOX, remembers the role and ends the session", () =>
    inTemporaryFolder(async (folder) => {
      const here = world.context(folder);
      assert.deepEqual(await connectAndRun(REQUEST, here, world.open), {
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
          `Connect: certificate of ${ENDPOINT} verified, token accepted`,
        ],
      );
      assert.equal(lastRole(homeOf(folder), "payments/dev"), "developer");
      assert.deepEqual(world.aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
      assert.match(world.server.logins[0]?.password ?? "", /DBUser=jane%40example\.com/);
    }));

  it("uses the separate login of a role that was asked for", () =>
    inTemporaryFolder(async (folder) => {
      const answer = await connectAndRun({ ...REQUEST, role: "admin" }, world.context(folder), world.open);
      assert.deepEqual(
        [answer.login, world.server.logins[0]?.parameters.user],
        ["jane@example.com--admin", "jane@example.com--admin"],
      );
    }));

  it("ends the session when the login is refused", () =>
    inTemporaryFolder(async (folder) => {
      await world.refuseLogins();
      await assert.rejects(connectAndRun(REQUEST, world.context(folder), world.open), {
        code: "DB_LOGIN_REFUSED",
        exitCode: 5,
      });
      assert.deepEqual(world.aws.inputs("TerminateSession"), [{ SessionId: "jane-1" }]);
      assert.equal(lastRole(homeOf(folder), "payments/dev"), undefined);
    }));

  it("does not believe another authority than the sign-in's", () =>
    inTemporaryFolder(async (folder) => {
      const here = world.context(folder);
      writeFileSync(path.join(folder, "ca.pem"), (await makeAuthority()).ca);
      await assert.rejects(connectAndRun(REQUEST, here, world.open), { code: "TLS_UNTRUSTED", exitCode: 6 });
      assert.deepEqual(world.server.logins, []);
    }));

  it("is no access when every assignment was removed", () =>
    inTemporaryFolder(async (folder) => {
      world.aws.on("GET /assignment/accounts", { json: { accountList: [] } });
      await assert.rejects(connectAndRun(REQUEST, world.context(folder), world.open), {
        code: "AUTH_NO_ACCESS",
        exitCode: 5,
      });
      assert.deepEqual(world.aws.inputs("StartSession"), []);
    }));
});
