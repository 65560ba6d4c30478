import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { text } from "node:stream/consumers";
import type { ClusterRuntime } from "../../../../../automation/sandbox/account/ports";
import { resolveFrom } from "../../../../../automation/sandbox/node/resolve";
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
  const dial = async (
    door: DoorEstate,
    host: string,
    port = 5432,
    listening = true,
    signal = new AbortController().signal,
  ) => {
    const found = await resolveFrom(door.estate, runtime(listening), door.instance, host, port);
    asked = [];
    return dialFrom(door.estate, runtime(listening), door.instance, found, signal);
  };

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

  it("the name is not asked again: DNS support may have ended since the lookup", async () => {
    const door = doorEstate();
    const found = await resolveFrom(door.estate, runtime(true), door.instance, CLUSTER_HOST, 5432);
    assert.ok(door.made.vpc);
    door.made.vpc.props.enableDnsSupport = false;
    const socket = await dialFrom(door.estate, runtime(true), door.instance, found, new AbortController().signal);
    const said = text(socket);
    socket.end();
    assert.equal(await said, "hello");
  });

  it("an address that the name has left refuses", async () => {
    const door = doorEstate();
    const old = { host: CLUSTER_HOST, port: 5432, address: { host: "127.0.0.1", port: 1 } };
    await assert.rejects(dialFrom(door.estate, runtime(true), door.instance, old, new AbortController().signal), {
      code: "ECONNREFUSED",
      message: `ECONNREFUSED: nothing listens any more where ${CLUSTER_HOST}:5432 was`,
    });
  });

  it("nothing behind an open way is ECONNREFUSED", async () => {
    await assert.rejects(dial(doorEstate(), CLUSTER_HOST, 5432, false), { code: "ECONNREFUSED" });
  });

  it("the instance itself refuses, other addresses are silent; none is opened here", async () => {
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
