import assert from "node:assert/strict";
import { initdbArguments, serverArguments, socketPath } from "../../../../../automation/sandbox/postgres/settings";

describe("PostgreSQL's settings", () => {
  it("initdb makes rdsadmin the superuser of a UTF-8 cluster", () => {
    const expected = [
      "-D",
      "/data",
      "-U",
      "rdsadmin",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C",
      "--no-sync",
      "--no-instructions",
    ];
    assert.deepEqual(initdbArguments("/data"), expected);
  });

  it("the server listens on loopback and a socket that only its owner may open", () => {
    const args = serverArguments("/data", "/sockets", 15432);
    for (const setting of [
      "listen_addresses=127.0.0.1",
      "port=15432",
      "unix_socket_directories=/sockets",
      "unix_socket_permissions=0700",
      "password_encryption=scram-sha-256",
      "rds.force_ssl=1",
    ]) {
      assert.equal(args[args.indexOf(setting) - 1], "-c", setting);
    }
    assert.equal(socketPath("/sockets", 15432), "/sockets/.s.PGSQL.15432");
  });
});
