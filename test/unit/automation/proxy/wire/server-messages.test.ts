import assert from "node:assert/strict";
import { parse } from "pg-protocol";
import { PassThrough } from "node:stream";
import { Refusal } from "../../../../../automation/proxy/refusal";
import {
  ASK_SCRAM,
  authentication,
  AUTHENTICATION,
  AUTHENTICATION_OK,
  errorFields,
  fatal,
  negotiateProtocolVersion,
} from "../../../../../automation/proxy/wire/server-messages";

/** What pg's own protocol package reads in some bytes. */
async function read(bytes: Buffer): Promise<Record<string, unknown>> {
  const stream = new PassThrough();
  const found: unknown[] = [];
  const parsed = parse(stream, (message) => found.push(message));
  stream.end(bytes);
  await parsed;
  assert.equal(found.length, 1);
  return { ...(found[0] as object) };
}

describe("messages of a server", () => {
  it("a refusal with all its fields", async () => {
    const refusal = new Refusal("28P01", "no", { detail: "because", hint: "try" });
    const { severity, code, detail, hint } = await read(fatal(refusal));
    assert.deepEqual([severity, code, detail, hint], ["FATAL", "28P01", "because", "try"]);
  });

  it("a refusal by bytes, without what it does not have", () => {
    const text = "SFATAL\0VFATAL\0C57P01\0Mthe proxy was closed\0\0";
    const expected = Buffer.concat([Buffer.from([0x45, 0, 0, 0, text.length + 4]), Buffer.from(text)]);
    assert.deepEqual(fatal(new Refusal("57P01", "the proxy was closed")), expected);
  });

  it("a NUL in a text cannot begin another field", () => {
    assert.deepEqual(errorFields(fatal(new Refusal("28000", "x\0C00000\0Mfine")).subarray(5)), {
      sqlState: "28000",
      message: "x C00000 Mfine",
    });
  });

  it("fields that an error does not have are empty", () =>
    assert.deepEqual(errorFields(Buffer.from("\0")), { sqlState: "", message: "" }));

  it("AuthenticationOk and the request for SCRAM", async () => {
    assert.equal(AUTHENTICATION_OK.toString("hex"), "520000000800000000");
    assert.equal((await read(AUTHENTICATION_OK))["name"], "authenticationOk");
    assert.deepEqual((await read(ASK_SCRAM))["mechanisms"], ["SCRAM-SHA-256"]);
    const challenge = authentication(AUTHENTICATION.saslContinue, Buffer.from("r=1"));
    assert.equal((await read(challenge))["data"], "r=1");
  });

  it("NegotiateProtocolVersion by bytes: the whole version, the count, the names", () => {
    assert.equal(
      negotiateProtocolVersion(2, ["_pq_.a", "_pq_.b"]).toString("hex"),
      "76" + "0000001a" + "00030002" + "00000002" + Buffer.from("_pq_.a\0_pq_.b\0").toString("hex"),
    );
  });
});
