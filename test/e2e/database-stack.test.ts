import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { CliRun } from "../support/cli-run";
import { asProvisioner } from "../support/as-provisioner";
import { mutatedInfra } from "../support/mutated-infra";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";

const UP = ["up", "--env", "dev", "--yes", "--json"];
/** Without the gate, which has its test here and its run in the demo. */
const QUICK = [...UP, "--no-policies"];
const NOTHING = { create: 0, update: 0, replace: 0, delete: 0 };
const said = ({ stdout, stderr }: CliRun): string => `${stdout}\n${stderr}`;
const database = (run: CliRun) => run.result?.database as { changes: typeof NOTHING; statements: number };

/** Both stacks as one unit, on the real engine and a real PostgreSQL. */
describe("the database stack, on PostgreSQL 18 (e2e)", function () {
  this.timeout(240_000);
  let sandbox: SandboxProject;
  const rewriteAccess = (change: (text: string) => string): void => {
    const file = path.join(sandbox.folder, "access.yaml");
    const before = readFileSync(file, "utf8");
    const after = change(before);
    assert.notEqual(after, before);
    writeFileSync(file, after);
  };
  before(async () => {
    sandbox = await sandboxProject("database", ["--speed", "1000"]);
    // The other end-to-end tests run on 16.
    const file = path.join(sandbox.folder, "Pulumi.dev.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace('version: "16"', 'version: "18"'));
  });
  after(() => sandbox.stop());

  it("a preview of nothing plans both stacks, wakes no database and changes nothing", async () => {
    const preview = await sandbox.runner("preview", "--env", "dev", "--no-policies", "--json");
    assert.equal(preview.code, 0, said(preview));
    assert.ok((preview.result?.changes as typeof NOTHING).create > 40);
    assert.ok((preview.result?.database as typeof NOTHING).create > 10);
    assert.equal((await sandbox.objects())["aws:rds/cluster:Cluster"], undefined);
  });

  it("the gate stops a bastion opened to the world with exit code 3, before anything exists", async () => {
    const find = "    this.rules = SECURITY_RULES.map((rule) => this.rule(name, rule, ids));\n";
    const open =
      '    new aws.vpc.SecurityGroupIngressRule(`${name}-open`, { securityGroupId: ids.bastion, ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" }, { parent: this });\n';
    const program = mutatedInfra(sandbox.folder, [
      { file: "infra/network/security-groups.ts", find, replace: `${find}${open}` },
    ]);
    for (const command of [["preview", "--env", "dev", "--json"], UP]) {
      const stopped = await sandbox.runner(...command, "--program", program);
      assert.deepEqual([stopped.code, stopped.result?.code], [3, "POLICY_VIOLATION"], said(stopped));
      assert.match(String(stopped.result?.message), /sg-no-world/);
    }
    assert.equal((await sandbox.objects())["aws:ec2/vpc:Vpc"], undefined);
  });

  it("up makes both; up again has nothing to do", async () => {
    const first = await sandbox.runner(...QUICK);
    assert.equal(first.code, 0, said(first));
    assert.ok(database(first).changes.create > 10, JSON.stringify(first.result));
    const again = await sandbox.runner(...QUICK);
    assert.equal(again.code, 0, said(again));
    assert.deepEqual([again.result?.changes, database(again)], [NOTHING, { changes: NOTHING, statements: 0 }]);
    assert.equal((await sandbox.run("login", "--as", "jane@example.com")).code, 0);
    const row = await sandbox.run("connect", "--role", "developer", "--command", "show server_version");
    assert.match(row.stdout, /^18\./m, said(row));
    const strict = await sandbox.runner("preview", "--env", "dev", "--expect-no-changes", "--no-policies", "--json");
    assert.equal(strict.code, 0, said(strict));
  });

  it("no state holds a port, a token or a secret of the way to the database", () => {
    const state = path.join(sandbox.folder, ".sallyport", "sandbox", "state", ".pulumi", "stacks", "sallyport-sql");
    const [name = ""] = readdirSync(state).filter((file) => file.endsWith(".json"));
    assert.equal(name, "dev.app.json");
    const text = readFileSync(path.join(state, name), "utf8");
    const { resources } = (JSON.parse(text) as { checkpoint: { latest: { resources: StateResource[] } } }).checkpoint
      .latest;
    const provider = resources.find(({ type }) => type === "pulumi:providers:postgresql");
    assert.deepEqual(
      Object.keys(provider?.inputs ?? {})
        .filter((key) => !key.startsWith("__"))
        .sort(),
      ["connectTimeout", "expectedVersion", "maxConnections", "sslmode", "superuser", "version"],
    );
    assert.doesNotMatch(text, /X-Amz-|127\.0\.0\.1|PGPASSWORD/);
  });

  it("what somebody changed by hand is seen and put right", async () => {
    await asProvisioner(sandbox, [
      'REVOKE sallyport_app_readwrite FROM "jane@example.com"',
      'ALTER ROLE "sam@example.com" CONNECTION LIMIT 3',
    ]);
    const up = await sandbox.runner(...QUICK);
    assert.equal(up.code, 0, said(up));
    const drift = up.events.find(({ type }) => type === "database.drift");
    assert.match(String(drift?.text), /"jane@example\.com" is no full member of "sallyport_app_readwrite"/);
    assert.match(String(drift?.text), /"sam@example\.com" has a connection limit of 3, not 20/);
    assert.equal(database(up).changes.update, 2, JSON.stringify(up.result));
    const again = await sandbox.runner(...QUICK);
    assert.deepEqual(database(again), { changes: NOTHING, statements: 0 }, said(again));
  });

  it("roles that PostgreSQL has and the state does not are made again under its care", async () => {
    const stacks = path.join(sandbox.folder, ".sallyport", "sandbox", "state", ".pulumi", "stacks", "sallyport-sql");
    const file = path.join(stacks, "dev.app.json");
    const whole = JSON.parse(readFileSync(file, "utf8")) as { checkpoint: { latest: { resources: StateResource[] } } };
    const { latest } = whole.checkpoint;
    const kept = latest.resources.filter(({ urn }) => !/sam@example\.com$/.test(urn));
    assert.equal(kept.length, latest.resources.length - 1);
    latest.resources = kept;
    writeFileSync(file, JSON.stringify(whole));
    const up = await sandbox.runner(...QUICK);
    assert.equal(up.code, 0, said(up));
    assert.match(String(up.events.find(({ type }) => type === "database.untracked")?.text), /sam@example\.com$/);
  });

  it("many who would lose access at once need --allow-removals; nothing changes before", async () => {
    rewriteAccess((text) => text.replace("  - { group: Analysts, roles: [readonly] }\n", ""));
    const refused = await sandbox.runner("sync", "--env", "dev", "--yes", "--json");
    assert.deepEqual([refused.code, refused.result?.code], [2, "ACCESS_REMOVALS"], said(refused));
    assert.match(String(refused.result?.message), /^4 of 6 login roles would lose all access at once: /);
    assert.equal((await sandbox.run("login", "--as", "sam@example.com")).code, 0);
    assert.equal((await sandbox.run("connect", "--command", "select 1")).code, 0);
    const meant = await sandbox.runner("sync", "--env", "dev", "--yes", "--json", "--allow-removals", "4");
    assert.equal(meant.code, 0, said(meant));
    // Four logins, and the privilege role that nobody needs any more with what hung on it.
    assert.ok(database(meant).changes.delete > 4, JSON.stringify(meant.result));
    const out = await sandbox.run("connect", "--command", "select 1", "--json");
    assert.deepEqual([out.code, out.result?.code], [5, "DB_LOGIN_REFUSED"], said(out));
  });

  it("destroy takes the inside first, through a new port, and leaves nothing", async () => {
    const gone = await sandbox.runner("destroy", "--env", "dev", "--yes", "--json");
    assert.equal(gone.code, 0, said(gone));
    const deleted = gone.events.filter(({ data }) => {
      const { op, phase, resourceType } = (data ?? {}) as Record<string, string>;
      return op === "delete" && phase === "done" && resourceType === "postgresql:index/role:Role";
    });
    assert.ok(deleted.length >= 3, `${deleted.length} roles`);
    assert.equal((await sandbox.objects())["aws:rds/cluster:Cluster"], undefined);
    const again = await sandbox.runner("destroy", "--env", "dev", "--yes", "--json");
    assert.equal(again.code, 0, said(again));
  });
});

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}
