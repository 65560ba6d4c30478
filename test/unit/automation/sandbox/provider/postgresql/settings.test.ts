import assert from "node:assert/strict";
import { readSettings } from "../../../../../../automation/sandbox/provider/postgresql/settings";

const ENV = {
  PGHOST: "127.0.0.1",
  PGPORT: "6515",
  PGUSER: "me",
  PGPASSWORD: "secret",
  PGDATABASE: "db",
  PGCONNECT_TIMEOUT: "15",
};

describe("settings of a postgresql provider instance", () => {
  it("come from the plugin's variables where the program says nothing", () =>
    assert.deepEqual(readSettings({ sslmode: "disable" }, ENV), {
      host: "127.0.0.1",
      port: 6515,
      user: "me",
      password: "secret",
      database: "db",
      connectTimeoutMs: 15_000,
      me: "me",
      superuser: true,
      unknown: [],
    }));

  it("superuser is said so unless it is not, as truth or as text", () =>
    assert.deepEqual(
      [false, "false", true, "true"].map((superuser) => readSettings({ sslmode: "disable", superuser }, {}).superuser),
      [false, false, true, true],
    ));

  it("the program's arguments come first, as text of JSON", () => {
    const given = {
      sslmode: "disable",
      host: "::1",
      port: "1234",
      username: "other",
      connectTimeout: "30",
      databaseUsername: "mapped",
    };
    const { host, port, user, connectTimeoutMs, me } = readSettings(given, ENV);
    assert.deepEqual([host, port, user, connectTimeoutMs, me], ["::1", 1234, "other", 30_000, "mapped"]);
  });

  const refused: [string, Record<string, string>, Record<string, string>, string][] = [
    [
      "an sslmode of libpq's",
      { sslmode: "prefer" },
      {},
      'unsupported sslmode "prefer"; only "disable", "require", "verify-ca", "verify-full" supported',
    ],
    [
      "the default sslmode",
      {},
      {},
      'the sandbox does not simulate sslmode "require": the way to it is our own proxy, write "disable"',
    ],
    [
      "PGSSLMODE",
      {},
      { PGSSLMODE: "allow" },
      'unsupported sslmode "allow"; only "disable", "require", "verify-ca", "verify-full" supported',
    ],
    ["a socket", { sslmode: "disable", host: "/run" }, {}, 'unix sockets cannot be used: host "/run"'],
    ["a port that is none", { sslmode: "disable", port: "5432x" }, {}, 'port: expected a number, got "5432x"'],
  ];
  for (const [title, args, env, message] of refused)
    it(`refuse ${title}`, () => assert.throws(() => readSettings(args, env), { message }));
});
