import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { ByteReader } from "../../../../../automation/sandbox/endpoint/byte-reader";

describe("the byte reader", () => {
  it("joins what came in pieces, peeks without taking, and hands the rest on", async () => {
    const stream = new PassThrough();
    const reader = new ByteReader(stream);
    const four = reader.take(4);
    stream.write("ab");
    stream.write("cdef");
    assert.equal((await four).toString(), "abcd");
    assert.equal((await reader.peek(1)).toString(), "e");
    assert.equal((await reader.take(1)).toString(), "e");
    assert.equal(reader.release().toString(), "f");
  });

  it("rejects when the stream ends before", async () => {
    const stream = new PassThrough();
    const reader = new ByteReader(stream);
    const four = reader.take(4);
    stream.end("ab");
    await assert.rejects(four, { message: "the connection was closed" });
    stream.destroy();
  });

  it("leaves the stream to its next reader", async () => {
    const stream = new PassThrough();
    const reader = new ByteReader(stream);
    stream.write("a");
    await reader.take(1);
    reader.release();
    stream.end("rest");
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    assert.equal(Buffer.concat(chunks).toString(), "rest");
  });
});
