import assert from "node:assert/strict";
import { MAJORS } from "../../../../../../automation/sandbox/postgres/binaries";
import { asMemberOf } from "../../../../../../automation/sandbox/provider/postgresql/membership";
import { inTransaction, type Session } from "../../../../../../automation/sandbox/provider/postgresql/session";
import { readSettings } from "../../../../../../automation/sandbox/provider/postgresql/settings";
import { ME, PASSWORD, providerWorld, type ProviderWorld } from "./provider-world";

const ROWS = `SELECT concat_ws(' ', roleid::regrole, member::regrole, admin_option, inherit_option, set_option) FROM pg_auth_members
  WHERE roleid IN ('owner'::regrole, '${ME}'::regrole, 'owner2'::regrole) ORDER BY 1`;

for (const major of MAJORS)
  describe(`memberships for the time being, on PostgreSQL ${major}`, () => {
    let world: ProviderWorld;
    const during = (owners: string[], user = ME): Promise<unknown[]> =>
      inTransaction(
        readSettings({ sslmode: "disable" }, { ...world.environment, PGUSER: user }),
        "app",
        async (session: Session) =>
          asMemberOf(session, owners, async () => {
            const rows = await session.query(
              "SELECT DISTINCT roleid::regrole::text AS role FROM pg_auth_members WHERE member = current_user::regrole AND set_option ORDER BY 1",
            );
            return rows.map(({ role }) => role);
          }),
      );
    before(async () => {
      world = await providerWorld(major);
    });
    after(() => world.close());

    it("30: ADMIN alone is no membership: one is added, and only that one is taken away", async () => {
      const before = await world.look(ROWS);
      assert.deepEqual(await during(["owner", "owner2", "owner"]), ["owner", "owner2"]);
      assert.deepEqual(await world.look(ROWS), before);
    });

    it("a lasting membership stays", async () => {
      await world.look(`GRANT owner TO ${ME}`);
      const before = await world.look(ROWS);
      assert.deepEqual(await during(["owner"]), ["owner"]);
      assert.deepEqual(await world.look(ROWS), before);
      await world.look(`REVOKE owner FROM ${ME}; GRANT owner TO ${ME} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`);
    });

    it("an owner that is a member of the connected role: from PostgreSQL 16 on that cannot be ended, and nothing has changed", async () => {
      await world.look(`CREATE ROLE keeper LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
      await world.look("GRANT CONNECT ON DATABASE app TO keeper; CREATE ROLE below; GRANT keeper TO below");
      await assert.rejects(
        during(["below"], "keeper"),
        /^Error: error revoking role keeper from below: pq: permission denied to revoke role "keeper"$/,
      );
      assert.deepEqual(
        await world.look(
          "SELECT count(*)::int FROM pg_auth_members WHERE roleid = 'keeper'::regrole AND member = 'below'::regrole",
        ),
        [1],
      );
      await world.look("DROP OWNED BY keeper; DROP ROLE below; DROP ROLE keeper");
    });

    it("a superuser needs none, and a superuser's role cannot be had", async () => {
      await world.look(`CREATE ROLE root LOGIN SUPERUSER PASSWORD '${PASSWORD}'`);
      assert.deepEqual(await during(["owner"], "root"), []);
      assert.deepEqual(await during(["root", "owner"]), ["owner"]);
      await world.look("DROP ROLE root");
    });

    it("a failure takes everything back", async () => {
      const before = await world.look(ROWS);
      const settings = readSettings({ sslmode: "disable" }, world.environment);
      await assert.rejects(
        inTransaction(settings, "app", (session) =>
          asMemberOf(session, ["owner"], () => session.query("SELECT 1 / 0")),
        ),
        { message: "division by zero" },
      );
      assert.deepEqual(await world.look(ROWS), before);
    });
  });
