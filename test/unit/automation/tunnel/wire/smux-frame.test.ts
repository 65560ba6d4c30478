import assert from "node:assert/strict";
import fc from "fast-check";
import {
  SmuxDecoder,
  encodeSmux,
  encodeSmuxData,
  type SmuxEvent,
} from "../../../../../automation/tunnel/wire/smux-frame";

/** Adjacent data of one stream joined: how it was split says nothing. */
function joined(events: readonly SmuxEvent[]): SmuxEvent[] {
  const out: SmuxEvent[] = [];
  for (const event of events) {
    const last = out.at(-1);
    if (event.kind === "data" && last?.kind === "data" && last.streamId === event.streamId) {
      out[out.length - 1] = { ...event, data: Buffer.concat([last.data, event.data]) };
    } else out.push(event);
  }
  return out;
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("smux frames", () => {
  it("are eight bytes of little-endian header and data", () => {
    assert.equal(encodeSmux("syn", 3).toString("hex"), "0100000003000000");
    assert.equal(encodeSmux("fin", 0x01020304).toString("hex"), "0101000004030201");
    assert.equal(encodeSmux("nop", 0).toString("hex"), "0103000000000000");
    assert.equal(Buffer.concat(encodeSmuxData(5, Buffer.from("abc"))).toString("hex"), "0102030005000000616263");
  });

  it("matrix 22: are read whatever the boundaries", () => {
    const stream = hex("01000000 03000000 01020500 03000000 68656c6c6f 01030000 00000000 01010000 03000000");
    const expected: SmuxEvent[] = [
      { kind: "syn", streamId: 3 },
      { kind: "data", streamId: 3, data: Buffer.from("hello") },
      { kind: "nop", streamId: 0 },
      { kind: "fin", streamId: 3 },
    ];
    for (let at = 0; at <= stream.length; at++) {
      const decoder = new SmuxDecoder();
      const events = [stream.subarray(0, at), stream.subarray(at)].flatMap((piece) => decoder.push(piece).events);
      assert.deepEqual(joined(events), expected, `split at ${at}`);
    }
  });

  it("matrix 22: any frames in any pieces come out as they went in", () => {
    const frames = fc.array(
      fc.record({
        streamId: fc.nat(0xffffffff),
        data: fc.uint8Array({ minLength: 1, maxLength: 70 }).map((bytes) => Buffer.from(bytes)),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sent, cuts) => {
        const bytes = Buffer.concat(
          sent.flatMap(({ streamId, data }) => [...encodeSmuxData(streamId, data), encodeSmux("fin", streamId)]),
        );
        const decoder = new SmuxDecoder();
        const events: SmuxEvent[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1;
          events.push(...decoder.push(bytes.subarray(at, at + size)).events);
          at += size;
        }
        const expected = sent.flatMap(({ streamId, data }) => [
          { kind: "data", streamId, data },
          { kind: "fin", streamId },
        ]);
        assert.deepEqual(joined(events), expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it("matrix 23: the longest data is accepted, no data is skipped", () => {
    const longest = Buffer.alloc(65_535, 7);
    assert.deepEqual(new SmuxDecoder().push(Buffer.concat(encodeSmuxData(3, longest))).events, [
      { kind: "data", streamId: 3, data: longest },
    ]);
    assert.deepEqual(new SmuxDecoder().push(hex("01020000 03000000 01010000 03000000")).events, [
      { kind: "fin", streamId: 3 },
    ]);
  });

  it("matrix 23: version 2, commands 4 and 9, and a SYN with data are problems for ever", () => {
    for (const [bytes, problem] of [
      ["0200000003000000", "version"],
      ["0104000003000000", "command"],
      ["0109000003000000", "command"],
      ["0100010003000000", "length"],
    ] as const) {
      const decoder = new SmuxDecoder();
      assert.equal(decoder.push(hex(bytes)).problem, problem);
      assert.deepEqual(decoder.push(hex("0100000003000000")), { events: [], problem });
    }
  });

  it("matrix 23: never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (pieces) => {
        const decoder = new SmuxDecoder();
        for (const piece of pieces) decoder.push(Buffer.from(piece));
      }),
    );
  });
});
