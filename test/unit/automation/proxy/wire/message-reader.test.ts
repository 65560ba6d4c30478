import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { Refusal } from "../../../../../automation/proxy/refusal";
import { MessageReader, StreamEnded } from "../../../../../automation/proxy/wire/message-reader";
import { authentication } from "../../../../../automation/proxy/wire/server-messages";

const TLS = Buffer.from("0000000804d2162f", "hex");

describe("message reader", () => {
  it("reads packets whatever the pieces, and hands on the rest", async () => {
    const bytes = Buffer.concat([TLS, authentication(3), authentication(11, Buffer.from("abc")), Buffer.from("rest")]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), async (sizes) => {
        const stream = new PassThrough();
        const reader = new MessageReader(stream);
        const seen = (async () => [await reader.firstPacket(), await reader.message(100), await reader.message(100)])();
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          stream.write(bytes.subarray(at, at + size));
          at += size;
        }
        const [first, second, third] = await seen;
        assert.deepEqual(first, { kind: "tls" });
        assert.deepEqual(second && "raw" in second && second.raw, authentication(3));
        assert.deepEqual(third && "body" in third && third.body.toString("latin1"), "\0\0\0\x0babc");
        while (reader.waiting < 4) await new Promise((resolve) => setImmediate(resolve));
        assert.equal(reader.release().toString(), "rest");
      }),
      { numRuns: 50 },
    );
  });

  it("takes a message of exactly the limit and none that is longer or shorter than its own head", async () => {
    const reading = (bytes: Buffer, limit: number): Promise<unknown> => {
      const stream = new PassThrough();
      stream.write(bytes);
      return new MessageReader(stream).message(limit);
    };
    await reading(authentication(11, Buffer.alloc(91)), 100);
    const refused = { sqlState: "08P01", message: "invalid message length" };
    await assert.rejects(reading(authentication(11, Buffer.alloc(92)), 100), refused);
    await assert.rejects(reading(Buffer.from("p\0\0\0\x03", "latin1"), 100), refused);
    await assert.rejects(reading(Buffer.from("p\xff\xff\xff\xff", "latin1"), 100), refused);
  });

  it("says so when the stream ends or breaks while something is wanted", async () => {
    const ended = new PassThrough();
    const waits = new MessageReader(ended).message(100);
    ended.end("R\0");
    await assert.rejects(waits, StreamEnded);
    const broken = new PassThrough();
    const breaks = new MessageReader(broken).firstPacket();
    broken.destroy(new Error("broken"));
    await assert.rejects(breaks, { message: "broken" });
    await assert.rejects(new MessageReader(broken).firstPacket(), StreamEnded);
  });

  it("notices the end although nobody reads, and before anybody asked", async () => {
    const stream = new PassThrough();
    const reader = new MessageReader(stream);
    stream.end();
    await new Promise<void>((resolve) => reader.whenEnded(resolve));
    let told = false;
    reader.whenEnded(() => (told = true));
    assert.ok(told);
  });

  it("reads ahead little: a flood waits where it is", async () => {
    const stream = new PassThrough({ highWaterMark: 1024 });
    const reader = new MessageReader(stream);
    for (let count = 0; count < 64; count += 1) stream.write(Buffer.alloc(65_536));
    while (!stream.isPaused()) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(reader.waiting <= 131_072, `${reader.waiting} bytes held`);
    stream.destroy();
  });

  it("any bytes give packets, a refusal or the end, never anything else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const stream = new PassThrough();
        stream.end(Buffer.from(bytes));
        const reader = new MessageReader(stream);
        try {
          await reader.firstPacket();
          for (;;) await reader.message(1024);
        } catch (error) {
          assert.ok(error instanceof Refusal || error instanceof StreamEnded, String(error));
        }
      }),
      { numRuns: 300 },
    );
  });
});
