import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { systemClock } from "../../../../automation/core/clock";
import { splice } from "../../../../automation/proxy/splice";
import { FakeClock } from "../../../support/fake-clock";
import { readToEnd, socketPair } from "./proxy-fixture";

const NOTHING = Buffer.alloc(0);
const MIB = 1_048_576;

describe("splice", () => {
  let person: Socket;
  let client: Socket;
  let upstream: Socket;
  let database: Socket;
  beforeEach(async () => {
    [[person, client], [upstream, database]] = await Promise.all([socketPair(), socketPair()]);
  });
  afterEach(() => [person, client, upstream, database].forEach((each) => each.destroy()));
  const join = (fromClient = NOTHING, fromUpstream = NOTHING, clock = systemClock) =>
    splice({ client, upstream, fromClient, fromUpstream, clock });

  it("passes on what was read already, then both ways, and counts", async () => {
    const done = join(Buffer.from("early "), Buffer.from("first "));
    person.write("up");
    database.write("down!");
    const texts = ["", ""];
    database.on("data", (chunk) => (texts[0] += String(chunk)));
    person.on("data", (chunk) => (texts[1] += String(chunk)));
    while (texts.join("").length < 19) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(texts, ["early up", "first down!"]);
    person.end();
    assert.deepEqual(await done, { up: 8, down: 11 });
  });

  it("a database that closes cuts nothing that a slow client has not read", async () => {
    const bytes = randomBytes(8 * MIB);
    const done = join();
    database.end(bytes);
    const received = await readToEnd(person);
    assert.equal(received.length, bytes.length);
    assert.equal(createHash("sha256").update(received).digest("hex"), createHash("sha256").update(bytes).digest("hex"));
    assert.deepEqual(await done, { up: 0, down: bytes.length });
  });

  it("a database that closed leaves the client all the time to take what was written", async () => {
    const taken: (() => void)[] = [];
    const slow = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => void taken.push(done) });
    const clock = new FakeClock();
    const done = splice({ client: slow, upstream, fromClient: NOTHING, fromUpstream: NOTHING, clock });
    database.end("result");
    await once(upstream, "close");
    await clock.advance(60_000);
    assert.deepEqual([taken.length, slow.destroyed], [1, false]);
    taken[0]?.();
    await once(slow, "finish");
    await clock.advance(2000);
    assert.deepEqual(await done, { up: 0, down: 6 });
  });

  it("the last words of a client that hangs up arrive, and the database's stream goes with it", async () => {
    const done = join();
    const heard = readToEnd(database);
    person.end(Buffer.alloc(MIB, 7));
    assert.equal((await heard).length, MIB);
    await done;
    assert.ok(upstream.destroyed);
  });

  it("a client that is cut off takes the database's stream with it at once", async () => {
    const done = join();
    person.resetAndDestroy();
    await done;
    assert.ok(upstream.destroyed);
  });

  it("a database that breaks ends the client", async () => {
    const done = join();
    const heard = readToEnd(person);
    database.resetAndDestroy();
    assert.equal((await heard).length, 0);
    await done;
  });

  it("the last words of a client wait five seconds for a database that takes none", async () => {
    const stuck = new Duplex({ read: () => undefined, write: () => undefined });
    const clock = new FakeClock();
    const done = splice({ client, upstream: stuck, fromClient: NOTHING, fromUpstream: NOTHING, clock });
    person.end("X");
    while (clock.asleep === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(4999);
    assert.equal(stuck.destroyed, false);
    await clock.advance(1);
    assert.equal(stuck.destroyed, true);
    await done;
  });

  it("either side may be gone before it begins", async () => {
    upstream.destroy();
    await once(upstream, "close");
    const heard = readToEnd(person);
    await join();
    assert.equal((await heard).length, 0);
  });

  it("a slow reader holds the database back: memory does not grow with the result", async () => {
    const total = 64 * MIB;
    const chunk = Buffer.alloc(65_536, 7);
    let made = 0;
    const source = new Duplex({
      read() {
        if (made < total) this.push(chunk);
        made += chunk.length;
        if (made >= total) this.push(null);
      },
      write: (_chunk, _encoding, done) => done(),
    });
    const done = splice({ client, upstream: source, fromClient: NOTHING, fromUpstream: NOTHING, clock: systemClock });
    let [read, ahead] = [0, 0];
    for await (const piece of person) {
      read += (piece as Buffer).length;
      ahead = Math.max(ahead, Math.min(made, total) - read);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(read, total);
    // What two sockets' buffers of the operating system hold, and a few chunks of ours.
    assert.ok(ahead < 24 * MIB, `${ahead} bytes were under way`);
    await done;
  });
});
