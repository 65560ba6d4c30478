import assert from "node:assert/strict";
import fc from "fast-check";
import {
  firstPacketLength,
  parseFirstPacket,
  startupMessage,
} from "../../../../../automation/sandbox/endpoint/startup-packet";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("the first packet", () => {
  it("is told by its code", () => {
    assert.deepEqual(parseFirstPacket(bytes("00000008 04d2162f")), { kind: "tls" });
    assert.deepEqual(parseFirstPacket(bytes("00000008 04d21630")), { kind: "gss" });
    const cancel = bytes("00000010 04d2162e 00000007 00000009");
    assert.deepEqual(parseFirstPacket(cancel), { kind: "cancel", raw: cancel });
  });

  it("of a session holds names and values", () => {
    const packet = bytes("00000024 00030000 75736572 00 6a616e65 00 6461746162617365 00 617070 00 00");
    const parameters = new Map([
      ["user", "jane"],
      ["database", "app"],
    ]);
    assert.deepEqual(parseFirstPacket(packet), { kind: "startup", version: 196608, parameters });
  });

  it("of another protocol is refused by name", () => {
    assert.throws(() => parseFirstPacket(bytes("00000008 00020000")), {
      name: "RangeError",
      message: "unsupported frontend protocol 2.0",
    });
  });

  it("has a length that can be", () => {
    assert.equal(firstPacketLength(bytes("000000")), undefined);
    assert.equal(firstPacketLength(bytes("00000008")), 8);
    assert.throws(() => firstPacketLength(bytes("00000007")), { message: "invalid length of startup packet" });
    assert.throws(() => firstPacketLength(bytes("00002711")), { message: "invalid length of startup packet" });
  });

  it("written anew says what was judged, a user given twice included: the last one counts", () => {
    const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, name), { selector: ([key]) => key, maxLength: 6 }), (entries) => {
        const parameters = new Map(entries);
        assert.deepEqual(parseFirstPacket(startupMessage(196608, parameters)), {
          kind: "startup",
          version: 196608,
          parameters,
        });
      }),
    );
    const twice = bytes("00000021 00030000 75736572 00 6a616e65 00 75736572 00 6576696c 00 00");
    const parsed = parseFirstPacket(twice);
    assert.equal(
      parsed.kind === "startup" && startupMessage(parsed.version, parsed.parameters).toString("latin1", 8),
      "user\0evil\0\0",
    );
  });
});
