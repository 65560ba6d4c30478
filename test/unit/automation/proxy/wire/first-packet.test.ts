import assert from "node:assert/strict";
import fc from "fast-check";
import { Refusal } from "../../../../../automation/proxy/refusal";
import { cancelRequest, startupMessage } from "../../../../../automation/proxy/wire/client-messages";
import { firstPacketLength, parameter, parseFirstPacket } from "../../../../../automation/proxy/wire/first-packet";

const packet = (code: number, body = ""): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.writeUInt32BE(code, 4);
  return Buffer.concat([head, Buffer.from(body, "latin1")]);
};
const V3 = 0x30000;
const LAYOUT = "08P01 invalid startup packet layout: expected terminator as last byte";

const refusalOf = (act: () => unknown): string => {
  try {
    act();
    return "taken";
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return `${error.sqlState} ${error.message}`;
  }
};

describe("first packet", () => {
  const KINDS: readonly (readonly [string, Buffer, object])[] = [
    ["SSLRequest", Buffer.from("0000000804d2162f", "hex"), { kind: "tls" }],
    ["GSSENCRequest", Buffer.from("0000000804d21630", "hex"), { kind: "gss" }],
    [
      "CancelRequest of protocol 3.0",
      Buffer.from("0000001004d2162e0000000700000009", "hex"),
      { kind: "cancel", key: Buffer.from("0000000700000009", "hex") },
    ],
    ["CancelRequest of protocol 3.2", cancelRequest(Buffer.alloc(36, 7)), { kind: "cancel", key: Buffer.alloc(36, 7) }],
    ["StartupMessage 3.0 without parameters", packet(V3, "\0"), { kind: "startup", minor: 0, parameters: [] }],
    [
      "StartupMessage 3.2",
      packet(V3 + 2, "user\0jane\0database\0\0\0"),
      {
        kind: "startup",
        minor: 2,
        parameters: [
          { name: "user", value: Buffer.from("jane") },
          { name: "database", value: Buffer.alloc(0) },
        ],
      },
    ],
  ];
  for (const [what, bytes, expected] of KINDS)
    it(`${what} is understood`, () => assert.deepEqual(parseFirstPacket(bytes), expected));

  const REFUSED: readonly (readonly [string, Buffer, string])[] = [
    ["protocol 2.0", packet(0x20000, "\0"), "0A000 unsupported frontend protocol 2.0: server supports 3.0 to 3.2"],
    ["protocol 4.1", packet(0x40001, "\0"), "0A000 unsupported frontend protocol 4.1: server supports 3.0 to 3.2"],
    ["no terminator at all", packet(V3), LAYOUT],
    ["a name without value", packet(V3, "user\0"), LAYOUT],
    ["a value without end", packet(V3, "user\0jane"), LAYOUT],
    ["no last terminator", packet(V3, "user\0jane\0"), LAYOUT],
    ["bytes after the terminator", packet(V3, "user\0jane\0\0x"), LAYOUT],
    ["an SSLRequest with more in it", packet(80877103, "more"), "08P01 invalid length of startup packet"],
    ["a cancel request without key", packet(80877102, "\0\0\0\x07"), "08P01 invalid length of cancel request"],
    [
      "a cancel request of 261 bytes of key",
      cancelRequest(Buffer.alloc(261)),
      "08P01 invalid length of cancel request",
    ],
  ];
  for (const [what, bytes, expected] of REFUSED)
    it(`${what} is refused`, () =>
      assert.equal(
        refusalOf(() => parseFirstPacket(bytes)),
        expected,
      ));

  it("is 8 to 10,000 bytes long", () => {
    const length = (value: number): string =>
      refusalOf(() => firstPacketLength(Buffer.from(value.toString(16).padStart(8, "0"), "hex")));
    assert.deepEqual([8, 10_000].map(length), ["taken", "taken"]);
    for (const wrong of [0, 7, 10_001, 0xffffffff])
      assert.equal(length(wrong), "08P01 invalid length of startup packet");
  });

  it("gives the last of parameters that came twice, as PostgreSQL takes it", () => {
    const found = parseFirstPacket(packet(V3, "user\0jane\0user\0root\0\0"));
    assert.equal(found.kind === "startup" && parameter(found, "user"), "root");
    assert.equal(found.kind === "startup" && parameter(found, "database"), undefined);
  });

  it("comes back as it was written, whatever the bytes of a value", () => {
    const name = fc.stringMatching(/^[a-z_.]{1,20}$/);
    const value = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0)));
    fc.assert(
      fc.property(
        fc.constantFrom(0, 2),
        fc.array(fc.record({ name, value }), { maxLength: 20 }),
        (minor, parameters) => {
          assert.deepEqual(parseFirstPacket(startupMessage(minor, parameters)), {
            kind: "startup",
            minor,
            parameters: parameters.map((each) => ({ ...each })),
          });
        },
      ),
    );
  });

  it("never ends in anything but a packet or a refusal", () => {
    const code = fc.constantFrom(V3, V3 + 2, 80877102, 80877103, 80877104, 0);
    fc.assert(
      fc.property(code, fc.uint8Array({ maxLength: 200 }), (first, bytes) => {
        refusalOf(() => parseFirstPacket(packet(first, Buffer.from(bytes).toString("latin1"))));
      }),
      { numRuns: 500 },
    );
  });
});
