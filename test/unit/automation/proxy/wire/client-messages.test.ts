import assert from "node:assert/strict";
import { serialize } from "pg-protocol";
import {
  cancelRequest,
  parseSaslInitialResponse,
  passwordMessage,
  startupMessage,
} from "../../../../../automation/proxy/wire/client-messages";

describe("messages of a client", () => {
  it("a startup message by bytes", () => {
    const bytes = startupMessage(2, [{ name: "user", value: Buffer.from("j") }]);
    assert.equal(bytes.toString("hex"), "00000010" + "00030002" + "7573657200" + "6a00" + "00");
  });

  it("a cancel request by bytes", () => {
    const key = Buffer.from("0000000700000009", "hex");
    assert.equal(cancelRequest(key).toString("hex"), "00000010" + "04d2162e" + "0000000700000009");
  });

  it("a password as pg's own protocol package writes it", () => {
    for (const password of ["", "a token?with=signs&X-Amz-Signature=0", "ä".repeat(1000)])
      assert.deepEqual(passwordMessage(password), serialize.password(password));
  });

  it("the first SASL response as pg's own protocol package writes it", () => {
    const body = serialize.sendSASLInitialResponseMessage("SCRAM-SHA-256", "n,,n=,r=abc").subarray(5);
    assert.deepEqual(parseSaslInitialResponse(body), { mechanism: "SCRAM-SHA-256", data: Buffer.from("n,,n=,r=abc") });
  });

  it("the first SASL response may have no data", () => {
    const body = Buffer.from("SCRAM-SHA-256\0\xff\xff\xff\xff", "latin1");
    assert.deepEqual(parseSaslInitialResponse(body), { mechanism: "SCRAM-SHA-256", data: undefined });
  });

  const MALFORMED: readonly (readonly [string, string])[] = [
    ["nothing", ""],
    ["no end of the mechanism", "SCRAM-SHA-256"],
    ["no length", "SCRAM-SHA-256\0\0\0\0"],
    ["a length beyond the message", "SCRAM-SHA-256\0\0\0\0\x02x"],
    ["a length short of it", "SCRAM-SHA-256\0\0\0\0\x01xy"],
    ["data although there are none", "SCRAM-SHA-256\0\xff\xff\xff\xffx"],
    ["another negative length", "SCRAM-SHA-256\0\xff\xff\xff\xfe"],
  ];
  for (const [what, body] of MALFORMED)
    it(`a first SASL response with ${what} is refused`, () =>
      assert.throws(() => parseSaslInitialResponse(Buffer.from(body, "latin1")), {
        sqlState: "08P01",
        message: "invalid SASL response",
      }));
});
