import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { text } from "node:stream/consumers";
import type { ClusterRuntime } from "../../../../../automation/sandbox/account/ports";
import { dialFrom } from "../../../../../automation/sandbox/node/dial";
import { CLUSTER_HOST, doorEstate, type DoorEstate } from "../../../../support/door-estate";

describe("dialling as the agent", () => {
  let server: Server;
  let asked: string[] = [];
  const runtime = (listening: boolean): ClusterRuntime => ({
    create: () => Promise.resolve(),
    delete: () => Promise.resolve(),
    resolve: (host, port) => {
      asked.push(`${host}:${port}`);
      return listening ? { host: "127.0.0.1", port: (server.address() as AddressInfo).port } : undefined;
    },
  });
  const dial = (door: DoorEstate, host: string, port = 5432, listening = true, signal = new AbortController().signal) =>
    dialFrom(door.estate, runtime(listening), door.instance, host, port, signal);

  before(async () => {
    server = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => (asked = []));

  it("opens the address behind the cluster's name", async () => {
    const socket = await dial(doorEstate(), CLUSTER_HOST);
    const said = text(socket);
    socket.end();
    assert.equal(await said, "hello");
    assert.deepEqual(asked, [`${CLUSTER_HOST}:5432`]);
  });

  for (const rule of ["bastion-to-database", "database-from-bastion"]) {
    it(`never answers without the rule ${rule}, until it is given up`, async () => {
      const door = doorEstate();
      door.drop(rule);
      const controller = new AbortController();
      const dialled = dial(door, CLUSTER_HOST, 5432, true, controller.signal);
      const early = await Promise.race([dialled, new Promise((resolve) => setImmediate(() => resolve("silent")))]);
      assert.equal(early, "silent");
      controller.abort(new Error("given up"));
      await assert.rejects(dialled, /given up/);
      assert.deepEqual(asked, []);
    });
  }

  it("a name that does not resolve is ENOTFOUND", async () => {
    await assert.rejects(dial(doorEstate(), "db.example.com"), { code: "ENOTFOUND" });
  });

  it("nothing behind an open way is ECONNREFUSED", async () => {
    await assert.rejects(dial(doorEstate(), CLUSTER_HOST, 5432, false), { code: "ECONNREFUSED" });
  });

  it("the metadata service and the instance itself are refused, other addresses are silent; none is opened here", async () => {
    await assert.rejects(
      dial(doorEstate(), "169.254.169.254", 80),
      /forwarding to IP address 169.254.169.254 is forbidden/,
    );
    await assert.rejects(dial(doorEstate(), "127.0.0.1"), { code: "ECONNREFUSED" });
    await assert.rejects(dial(doorEstate(), "localhost"), { code: "ECONNREFUSED" });
    const controller = new AbortController();
    const silent = dial(doorEstate(), "10.40.0.200", 5432, true, controller.signal);
    controller.abort(new Error("given up"));
    await assert.rejects(silent, /given up/);
    assert.deepEqual(asked, []);
  });

  it("given up before it began, it dials nothing", async () => {
    await assert.rejects(
      dial(doorEstate(), CLUSTER_HOST, 5432, true, AbortSignal.abort(new Error("given up"))),
      /given up/,
    );
    assert.deepEqual(asked, []);
  });
});
