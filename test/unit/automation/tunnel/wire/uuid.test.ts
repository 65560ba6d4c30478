import assert from "node:assert/strict";
import fc from "fast-check";
import { pooled, randomUuid, uuidFromWire, uuidToWire } from "../../../../../automation/tunnel/wire/uuid";

describe("UUIDs on the wire", () => {
  it("matrix 2: swaps the halves, each as it is", () => {
    assert.equal(
      uuidToWire("6ba7b810-9dad-41d1-80b4-00c04fd430c8").toString("hex"),
      "80b400c04fd430c86ba7b8109dad41d1",
    );
    assert.equal(
      uuidFromWire(Buffer.from("80b400c04fd430c86ba7b8109dad41d1", "hex")),
      "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
    );
  });

  it("matrix 2: any UUID survives a round trip", () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => assert.equal(uuidFromWire(uuidToWire(uuid)), uuid)),
      { numRuns: 10_000 },
    );
  });

  it("makes version 4, variant 1, of the given randomness", () => {
    assert.equal(
      randomUuid((size) => Buffer.alloc(size, 0xff)),
      "ffffffff-ffff-4fff-bfff-ffffffffffff",
    );
    assert.equal(
      randomUuid((size) => Buffer.alloc(size)),
      "00000000-0000-4000-8000-000000000000",
    );
  });

  it("draws randomness in large pieces and gives each byte once", () => {
    const draws: number[] = [];
    const random = pooled((size) => {
      draws.push(size);
      return Buffer.from(Array.from({ length: size }, (_, at) => (at + draws.length) % 256));
    });
    const given = Buffer.concat(Array.from({ length: 256 }, () => random(16)));
    assert.deepEqual(given, Buffer.from(Array.from({ length: 4096 }, (_, at) => (at + 1) % 256)));
    random(16);
    random(10_000);
    assert.deepEqual(draws, [4096, 4096, 10_000]);
  });
});
