import assert from "node:assert/strict";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { MAJORS } from "../../../../../../automation/sandbox/postgres/binaries";
import { postgresqlPackage } from "../../../../../../automation/sandbox/provider/postgresql/postgresql-package";
import { withSession } from "../../../../../../automation/sandbox/provider/postgresql/session";
import { readSettings } from "../../../../../../automation/sandbox/provider/postgresql/settings";
import { ME, PASSWORD, providerWorld, type Held, type ProviderWorld } from "./provider-world";

const PREFIX = "error connecting to PostgreSQL server 127.0.0.1 (scheme: postgres): ";

describe("a session that cannot be", () => {
  it("a server that accepts and is silent: the provider's timeout, with both addresses", async () => {
    const open = new Set<Socket>();
    const server = createServer((socket) => void open.add(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const settings = { ...readSettings({ sslmode: "disable" }, { PGHOST: "127.0.0.1", PGPORT: String(port) }) };
    await assert.rejects(
      withSession({ ...settings, connectTimeoutMs: 50 }, "postgres", () => Promise.resolve()),
      (error: Error) => {
        assert.match(error.message, /read tcp 127\.0\.0\.1:\d+->127\.0\.0\.1:\d+: i\/o timeout$/);
        assert.ok(error.message.startsWith(PREFIX));
        return true;
      },
    );
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});

for (const major of MAJORS)
  describe(`sessions, on PostgreSQL ${major}`, () => {
    let world: ProviderWorld;
    before(async () => {
      world = await providerWorld(major);
    });
    after(() => world.close());

    it("a wrong password: PostgreSQL's words", async () => {
      const settings = readSettings({ sslmode: "disable" }, { ...world.environment, PGPASSWORD: "wrong" });
      await assert.rejects(
        withSession(settings, "postgres", () => Promise.resolve()),
        { message: `${PREFIX}pq: password authentication failed for user "${ME}"` },
      );
    });

    it("the password does not show, not even in what PostgreSQL says", async () => {
      const settings = readSettings({ sslmode: "disable" }, world.environment);
      await assert.rejects(
        withSession(settings, PASSWORD, () => Promise.resolve()),
        { message: `${PREFIX}pq: database "XXXX" does not exist` },
      );
    });

    it("says who it is as the provider does", async () => {
      const settings = readSettings({ sslmode: "disable" }, world.environment);
      const [row] = await withSession(settings, "postgres", (session) =>
        session.query("SELECT current_setting('application_name') AS name"),
      );
      assert.equal(row?.["name"], "Terraform provider");
    });

    it("none is used twice: as many connections as the provider makes without its probes", async () => {
      const counts: Record<string, number[]> = {};
      const inputs = {
        Role: { name: "u" },
        GrantRole: { role: "u", grantRole: "rds_iam" },
        Grant: { role: "u", database: "app", schema: "public", objectType: "table", privileges: ["SELECT"] },
        DefaultPrivileges: { role: "u", owner: "owner", database: "app", objectType: "table", privileges: ["SELECT"] },
        Schema: { name: "s", database: "app" },
      };
      const held: Held[] = [];
      for (const [type, given] of Object.entries(inputs)) {
        const made = await world.connections(async () => held.push(await world.create(type, given)));
        const refreshed = await world.connections(() => world.refresh(held.at(-1)!));
        counts[type] = [made, refreshed];
      }
      for (const [at, each] of held.reverse().entries())
        counts[Object.keys(inputs).at(-1 - at)!]?.push(await world.connections(() => world.destroy(each)));
      assert.deepEqual(counts, {
        Role: [2, 2, 1],
        GrantRole: [2, 1, 1],
        Grant: [2, 3, 1],
        DefaultPrivileges: [2, 3, 1],
        Schema: [2, 3, 1],
      });
    });

    it("34: a preview makes none, with an empty or a filled state", async () => {
      const role = await world.create("Role", { name: "previewed", login: true });
      const made = await world.connections(async () => {
        assert.deepEqual(world.preview(role, { name: "previewed" }), ["login"]);
        world.instance.previewCreate(role.token, role.inputs);
        postgresqlPackage(world.environment).checkConfig({ host: "127.0.0.1" });
      });
      assert.equal(made, 0);
      await world.destroy(role);
    });

    it("one that breaks after the change was committed leaves the resource in the state, half made", async () => {
      world.letThrough(1);
      const role = await world.create("Role", { name: "cut", login: true });
      world.letThrough();
      assert.deepEqual(role.reasons, [`${PREFIX}EOF`]);
      assert.equal(role.id, "cut");
      assert.equal(role.state["login"], true);
      assert.deepEqual(await world.look("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'cut'"), [true]);
      await world.destroy(role);
    });

    it("one that breaks before leaves nothing", async () => {
      world.letThrough(0);
      await assert.rejects(world.create("Role", { name: "cut" }), { message: `${PREFIX}EOF` });
      world.letThrough();
      assert.deepEqual(await world.look("SELECT count(*)::int FROM pg_roles WHERE rolname = 'cut'"), [0]);
    });
  });
