import assert from "node:assert/strict";
import { PROVISIONER } from "../../../../../infra/contract/names";
import {
  ensureProvisioner,
  runBootstrap,
  type BootstrapLogins,
} from "../../../../../automation/runner/database/bootstrap";
import { readCatalog } from "../../../../../automation/runner/database/catalog";
import { MASTER, startTestCluster, token, type TestCluster } from "../../../../support/test-cluster";

const WISH = {
  master: MASTER.username,
  databases: { app: { owner: "app_owner" }, billing: { owner: "billing_owner" } },
};
describe("the bootstrap on a real PostgreSQL", () => {
  let test: TestCluster;
  let secretReads = 0;
  const logins: BootstrapLogins = {
    provisioner: () => test.login(PROVISIONER, token(PROVISIONER)),
    masterByToken: () => test.login(MASTER.username, token(MASTER.username)),
    masterByPassword: () => {
      secretReads += 1;
      return test.login(MASTER.username, MASTER.password);
    },
  };
  const connect = (database: string) => test.login(PROVISIONER, token(PROVISIONER), database);
  before(async () => {
    test = await startTestCluster();
  });

  after(() => test.close());

  it("the first run reads the master's secret once, the second not at all and changes nothing", async () => {
    const first = await ensureProvisioner(logins, WISH);
    assert.equal(first.secretRead, true);
    assert.ok(first.changed > 0);
    assert.deepEqual(await ensureProvisioner(logins, WISH), { changed: 0, secretRead: false });
    assert.equal(secretReads, 1);
  });

  it("the provisioner is an IAM login, ADMIN without SET or INHERIT on owners, and no superuser", async () => {
    const client = await connect("postgres");
    const catalog = await readCatalog(client);
    await client.end();
    const rows = catalog.memberships.filter(({ member }) => member === PROVISIONER);
    assert.deepEqual(rows, [
      { role: "app_owner", member: PROVISIONER, admin: true, inherit: false, set: false },
      { role: "billing_owner", member: PROVISIONER, admin: true, inherit: false, set: false },
      { role: "pg_signal_backend", member: PROVISIONER, admin: false, inherit: true, set: true },
      { role: "rds_iam", member: PROVISIONER, admin: true, inherit: true, set: true },
    ]);
    assert.deepEqual(
      catalog.databases.filter(({ name }) => name !== "postgres" && name !== "rdsadmin"),
      [
        { name: "app", owner: "app_owner", connect: ["app_owner", PROVISIONER], connectGrantable: [PROVISIONER] },
        {
          name: "billing",
          owner: "billing_owner",
          connect: ["billing_owner", PROVISIONER],
          connectGrantable: [PROVISIONER],
        },
      ],
    );
    const role = catalog.roles.find(({ name }) => name === PROVISIONER);
    assert.deepEqual(
      [role?.login, role?.createRole, role?.createDatabase, role?.superuser],
      [true, true, false, false],
    );
  });

  it("afterwards the master's password is refused and its token accepted; with ADMIN-only rows not counted it is the reverse", async () => {
    assert.equal(
      await test.verdict(MASTER.username, MASTER.password),
      '28000 PAM authentication failed for user "sallyport_master"',
    );
    assert.equal(await test.verdict(MASTER.username, token(MASTER.username)), "accepted");
    test.estate.knobs.adminOnlyCountsForIam = false;
    try {
      assert.equal(await test.verdict(MASTER.username, MASTER.password), "accepted");
      assert.equal(
        await test.verdict(MASTER.username, token(MASTER.username)),
        '28P01 password authentication failed for user "sallyport_master"',
      );
      assert.equal(await test.verdict(PROVISIONER, token(PROVISIONER)), "accepted");
    } finally {
      test.estate.knobs.adminOnlyCountsForIam = true;
    }
  });

  it("a database that is wanted later is made by the master's token, without the secret", async () => {
    const more = { ...WISH, databases: { ...WISH.databases, later: { owner: "app_owner" } } };
    const { changed, secretRead } = await ensureProvisioner(logins, more);
    assert.deepEqual([changed, secretRead, secretReads], [6, false, 1]);
    assert.deepEqual(await ensureProvisioner(logins, more), { changed: 0, secretRead: false });
  });

  it("a database that is wanted later falls back to the secret where ADMIN-only rows do not count", async () => {
    test.estate.knobs.adminOnlyCountsForIam = false;
    try {
      const more = {
        ...WISH,
        databases: { ...WISH.databases, later: { owner: "app_owner" }, last: { owner: "app_owner" } },
      };
      assert.deepEqual(await ensureProvisioner(logins, more), { changed: 6, secretRead: true });
    } finally {
      test.estate.knobs.adminOnlyCountsForIam = true;
    }
  });

  it("a failing bootstrap leaves nothing half done and names the database's error", async () => {
    await test.asSuperuser(["CREATE ROLE stranger NOLOGIN", "CREATE DATABASE foreign_one OWNER stranger"]);
    const wish = { master: MASTER.username, databases: { foreign_one: { owner: "fresh_owner" } } };
    await assert.rejects(ensureProvisioner(logins, wish), {
      code: "BOOTSTRAP_FAILED",
      message: "The master could not set up sallyport_provisioner: must be owner of database foreign_one.",
    });
    const client = await connect("postgres");
    assert.equal(
      (await readCatalog(client)).roles.some(({ name }) => name === "fresh_owner"),
      false,
    );
    await client.end();
  });
});

describe("an older server", () => {
  it("is refused before anything is run", async () => {
    const asked: string[] = [];
    const old = {
      query: async (text: string) => (asked.push(text), { rows: [{ version: 150_018 }] }),
      end: async () => undefined,
    };
    await assert.rejects(runBootstrap(old, WISH), {
      code: "BOOTSTRAP_FAILED",
      message: "PostgreSQL 150018 is too old: memberships need version 16 or newer.",
    });
    assert.equal(asked.length, 1);
  });
});
