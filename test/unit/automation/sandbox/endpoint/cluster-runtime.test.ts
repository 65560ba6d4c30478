import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { READER, MASTER, startTestCluster, token, WRITER, type TestCluster } from "../../../../support/test-cluster";

for (const engineVersionActual of ["16.9", "18.4"] as const)
  describe(`a cluster's endpoint, ${engineVersionActual}`, () => {
    let test: TestCluster;

    before(async () => {
      test = await startTestCluster({ databaseName: "app", engineVersionActual });
      const master = await test.login(MASTER.username, MASTER.password);
      // By the hidden superuser's right, so that the master does not become a member of anything.
      await master.query("CREATE ROLE service LOGIN PASSWORD 'service password'");
      await master.end();
      await test.asSuperuser([
        "CREATE ROLE jane LOGIN",
        "GRANT rds_iam TO jane",
        "CREATE ROLE team NOLOGIN",
        "GRANT rds_iam TO team",
        `CREATE ROLE "Ann.Lee@example.com" LOGIN`,
        `GRANT team TO "Ann.Lee@example.com"`,
        "CREATE ROLE nologin NOLOGIN",
        "GRANT rds_iam TO nologin",
        "CREATE ROLE bare LOGIN",
        "CREATE ROLE creator LOGIN PASSWORD 'creator password'",
        "GRANT jane TO creator WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
      ]);
    });

    after(() => test.close());

    const TABLE: readonly [string, string, string, string][] = [
      ["the master by password", MASTER.username, MASTER.password, "accepted"],
      [
        "the master by a wrong password",
        MASTER.username,
        "wrong",
        '28P01 password authentication failed for user "sallyport_master"',
      ],
      ["a service by password", "service", "service password", "accepted"],
      ["a member of rds_iam by token", "jane", token("jane"), "accepted"],
      ["an indirect member by token", "Ann.Lee@example.com", token("Ann.Lee@example.com"), "accepted"],
      ["a token for the reader endpoint", "jane", token("jane", "runner", READER), "accepted"],
      ["a token for another user", "jane", token("ann"), '28000 PAM authentication failed for user "jane"'],
      [
        "a token for another host",
        "jane",
        token("jane", "runner", "elsewhere"),
        '28000 PAM authentication failed for user "jane"',
      ],
      ["no rds-db:connect", "jane", token("jane", "denied"), '28000 PAM authentication failed for user "jane"'],
      ["a name in another case", "JANE", token("JANE"), '28P01 password authentication failed for user "JANE"'],
      ["an unknown role", "nobody", token("nobody"), '28P01 password authentication failed for user "nobody"'],
      ["a login role without rds_iam", "bare", token("bare"), '28P01 password authentication failed for user "bare"'],
      ["a role without LOGIN", "nologin", token("nologin"), '28000 role "nologin" is not permitted to log in'],
      [
        "the hidden superuser",
        "rdsadmin",
        token("rdsadmin"),
        '28P01 password authentication failed for user "rdsadmin"',
      ],
      [
        "an ADMIN-only member of an IAM login, by password",
        "creator",
        "creator password",
        '28000 PAM authentication failed for user "creator"',
      ],
    ];

    for (const [who, user, password, expected] of TABLE) {
      it(`${who}: ${expected}`, async () => assert.equal(await test.verdict(user, password), expected));
    }

    it("a missing database is PostgreSQL's own error", async () => {
      assert.equal(await test.verdict("jane", token("jane"), "missing"), '3D000 database "missing" does not exist');
    });

    it("IAM authentication off: a token is a wrong password, and the master still enters", async () => {
      test.cluster.props["iamDatabaseAuthenticationEnabled"] = false;
      try {
        assert.equal(await test.verdict("jane", token("jane")), '28P01 password authentication failed for user "jane"');
        assert.equal(await test.verdict(MASTER.username, MASTER.password), "accepted");
      } finally {
        test.cluster.props["iamDatabaseAuthenticationEnabled"] = true;
      }
    });

    it("the knob lets ADMIN-only rows not count", async () => {
      test.estate.knobs.adminOnlyCountsForIam = false;
      try {
        assert.equal(await test.verdict("creator", "creator password"), "accepted");
      } finally {
        test.estate.knobs.adminOnlyCountsForIam = true;
      }
    });

    it("the reason of a refusal stands in iam-db-auth-error alone", async () => {
      test.estate.logs.splice(0);
      await test.verdict("jane", token("jane", "denied"));
      await test.verdict("jane", token("ann"));
      assert.deepEqual(
        test.estate.logs.map(({ group, message }) => `${group}: ${message}`),
        [
          'iam-db-auth-error: cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ user "jane": NotAuthorized: arn:aws:sts::000000000000:assumed-role/denied/session is not authorized to perform ' +
            "rds-db:connect on arn:aws:rds-db:eu-west-2:000000000000:dbuser:cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ/jane",
          'iam-db-auth-error: cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ user "jane": InvalidToken: signed for user ann',
        ],
      );
    });

    it("a policy that cannot be evaluated lets nobody in, and says so", async () => {
      test.estate.logs.splice(0);
      assert.equal(
        await test.verdict("jane", token("jane", "broken")),
        '28000 PAM authentication failed for user "jane"',
      );
      assert.match(test.estate.logs[0]?.message ?? "", /ServerError: unknown operator$/);
    });

    it("the person is who PostgreSQL sees", async () => {
      const client = await test.login("Ann.Lee@example.com", token("Ann.Lee@example.com"), "app");
      const { rows } = await client.query("SELECT session_user AS me, current_database() AS db");
      assert.deepEqual(rows, [{ me: "Ann.Lee@example.com", db: "app" }]);
      await client.end();
    });

    it("a query can be cancelled through the endpoint", async () => {
      const client = await test.login("jane", token("jane"));
      const { processID, secretKey } = client as unknown as { processID: number; secretKey: number };
      const waiting = assert.rejects(client.query("SELECT pg_sleep(60)"), { code: "57014" });
      const running = await test.login("jane", token("jane"));
      while (
        (await running.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active'", [processID]))
          .rowCount === 0
      );
      await cancel(test, processID, secretKey);
      await waiting;
      await client.end();
      await running.end();
    });

    it("runs the major version that the cluster says", async () => {
      const client = await test.login("jane", token("jane"));
      const { rows } = await client.query<{ version: string }>("SELECT version()");
      await client.end();
      const installed = { "16.9": "PostgreSQL 16.14", "18.4": "PostgreSQL 18.4" }[engineVersionActual];
      assert.equal(rows[0]?.version.split(" on ")[0], installed);
    });

    it("only the writer's and reader's names on AWS's port lead here", () => {
      assert.equal(test.clusters.resolve(READER, 5432)?.host, "127.0.0.1");
      assert.deepEqual(test.clusters.resolve(WRITER.toUpperCase(), 5432), test.clusters.resolve(READER, 5432));
      assert.equal(test.clusters.resolve(WRITER, 5433), undefined);
      assert.equal(test.clusters.resolve("other.cluster-cabcdefghijk.eu-west-2.rds.amazonaws.com", 5432), undefined);
    });
  });

describe("a deleted cluster", () => {
  it("answers no more, and deleting it twice is no error", async () => {
    const test = await startTestCluster();
    try {
      await test.clusters.delete(test.cluster);
      await test.clusters.delete(test.cluster);
      assert.equal(test.clusters.resolve(WRITER, 5432), undefined);
    } finally {
      await test.close();
    }
  });
});

describe("a fail-over", () => {
  it("moves the endpoint: connections are cut, the old address refuses, the new one serves the same data", async () => {
    const test = await startTestCluster();
    try {
      const old = test.clusters.resolve(WRITER, 5432);
      assert.ok(old);
      const client = await test.login(MASTER.username, MASTER.password);
      await client.query("CREATE ROLE seen_before NOLOGIN");
      const cut = new Promise((resolve) => client.once("end", resolve));
      await test.clusters.failOver(test.cluster);
      await cut;
      const fresh = test.clusters.resolve(WRITER, 5432);
      assert.notEqual(fresh?.port, old.port);
      assert.deepEqual(test.clusters.resolve(READER, 5432), fresh);
      const [error] = (await once(connect(old.port, old.host), "error")) as [NodeJS.ErrnoException];
      assert.equal(error.code, "ECONNREFUSED");
      const again = await test.login(MASTER.username, MASTER.password);
      const { rowCount } = await again.query("SELECT 1 FROM pg_roles WHERE rolname = 'seen_before'");
      assert.equal(rowCount, 1);
      await again.end();
      await test.clusters.delete(test.cluster);
      await test.clusters.failOver(test.cluster);
      assert.equal(test.clusters.resolve(WRITER, 5432), undefined);
    } finally {
      await test.close();
    }
  });
});

describe("a cluster of a version without a server", () => {
  it("is told, and no other version is started in its place", async () => {
    const started = startTestCluster({ engineVersionActual: "17.5" });
    try {
      await assert.rejects(started, {
        code: "SANDBOX_START_FAILED",
        message: "Cluster app wants PostgreSQL 17.5; the sandbox has 16, 18.",
      });
    } finally {
      await started.then(
        (test) => test.close(),
        () => undefined,
      );
    }
  });
});

function cancel(test: TestCluster, pid: number, secret: number): Promise<void> {
  const place = test.clusters.resolve(WRITER, 5432);
  const packet = Buffer.alloc(16);
  [16, 80877102, pid, secret].forEach((value, at) => packet.writeInt32BE(value, at * 4));
  return new Promise((resolve, reject) => {
    const socket = connect(place?.port ?? 0, place?.host ?? "").once("error", reject);
    socket
      .once("close", () => resolve())
      .resume()
      .end(packet);
  });
}
