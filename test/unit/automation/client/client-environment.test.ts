import assert from "node:assert/strict";
import fc from "fast-check";
import { clientEnvironment } from "../../../../automation/client/client-environment";

const AT = { host: "127.0.0.1", port: 20123, user: "jane@example.com", database: "app" };

describe("the environment of a program behind the proxy", () => {
  it("leads to the local port, with the secret, and leaves the rest alone", () => {
    assert.deepEqual(clientEnvironment({ HOME: "/h", PGAPPNAME: "report", NOTHING: undefined }, AT, "s3", false), {
      HOME: "/h",
      PGAPPNAME: "report",
      PGHOST: "127.0.0.1",
      PGPORT: "20123",
      PGUSER: "jane@example.com",
      PGDATABASE: "app",
      PGPASSWORD: "s3",
      PGSSLMODE: "disable",
    });
  });

  // Every variable of libpq's page that chooses a server, a login, or demands encryption of the local side.
  const elsewhere =
    `PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGPASSFILE PGSERVICE PGSERVICEFILE PGREQUIREAUTH
    PGREQUIREPEER PGREQUIRESSL PGCHANNELBINDING PGSSLMODE PGSSLROOTCERT PGSSLCERT PGSSLKEY PGSSLCRL PGSSLCRLDIR PGSSLSNI
    PGSSLNEGOTIATION PGSSLCOMPRESSION PGSSLCERTMODE PGSSLMINPROTOCOLVERSION PGSSLMAXPROTOCOLVERSION PGGSSENCMODE PGGSSLIB
    PGGSSDELEGATION PGKRBSRVNAME PGTARGETSESSIONATTRS PGLOADBALANCEHOSTS DATABASE_URL`.split(/\s+/);
  for (const name of elsewhere) {
    it(`does not take ${name} along`, () => {
      const made = clientEnvironment({ [name]: "elsewhere" }, AT, "s3", false);
      assert.equal(Object.values(made).includes("elsewhere"), false);
    });
  }

  it("keeps what says how to work: PGOPTIONS, PGTZ, PGCLIENTENCODING, PGCONNECT_TIMEOUT, PGSYSCONFDIR", () => {
    const kept = {
      PGOPTIONS: "-c x=1",
      PGTZ: "UTC",
      PGCLIENTENCODING: "UTF8",
      PGCONNECT_TIMEOUT: "5",
      PGSYSCONFDIR: "/e",
    };
    const made = clientEnvironment(kept, AT, "s3", false);
    for (const [name, value] of Object.entries(kept)) assert.equal(made[name], value);
  });

  it("holds DATABASE_URL only when it is asked for, readable again whatever the names are", () => {
    assert.equal("DATABASE_URL" in clientEnvironment({}, AT, "s3", false), false);
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), fc.string({ minLength: 1 }), (user, database) => {
        fc.pre(database !== "." && database !== "..");
        const url = new URL(clientEnvironment({}, { ...AT, user, database }, "a_-b", true).DATABASE_URL ?? "");
        assert.deepEqual([url.username, url.password, url.host, url.pathname].map(decodeURIComponent), [
          user,
          "a_-b",
          "127.0.0.1:20123",
          `/${database}`,
        ]);
        assert.equal(url.search, "?sslmode=disable");
      }),
    );
  });
});
