import assert from "node:assert/strict";
import { Duplex, PassThrough } from "node:stream";
import { Refusal } from "../../../../automation/proxy/refusal";
import { awaitReady, logInUpstream } from "../../../../automation/proxy/upstream-login";
import { passwordMessage, startupMessage } from "../../../../automation/proxy/wire/client-messages";
import { MessageReader } from "../../../../automation/proxy/wire/message-reader";
import {
  authentication,
  AUTHENTICATION_OK,
  fatal,
  negotiateProtocolVersion,
} from "../../../../automation/proxy/wire/server-messages";
import { message } from "../../../support/fake-postgres";
import { parameters } from "./proxy-fixture";

const ASK = authentication(3);
const PAM = fatal(new Refusal("28000", 'PAM authentication failed for user "jane"'));

/** A database that says `bytes` at once. */
function database(bytes: readonly Buffer[]): { stream: Duplex; reader: MessageReader; heard: PassThrough } {
  const [says, heard] = [new PassThrough(), new PassThrough()];
  const stream = Duplex.from({ readable: says, writable: heard });
  says.end(Buffer.concat(bytes));
  return { stream, reader: new MessageReader(stream), heard };
}

describe("login at the database", () => {
  const run = async (bytes: readonly Buffer[], minor: 0 | 2 = 0): Promise<Buffer> => {
    const { stream, reader, heard } = database(bytes);
    await logInUpstream(stream, reader, {
      minor,
      parameters: parameters({ user: "jane" }),
      password: () => Promise.resolve("a token"),
    });
    return heard.read() as Buffer;
  };
  const hello = startupMessage(0, parameters({ user: "jane" }));

  it("sends the password when it is asked for in clear", async () =>
    assert.deepEqual(await run([ASK, AUTHENTICATION_OK]), Buffer.concat([hello, passwordMessage("a token")])));

  it("sends none when it is let in without", async () => assert.deepEqual(await run([AUTHENTICATION_OK]), hello));

  it("takes an older protocol and drops notices", async () => {
    const heard = await run([negotiateProtocolVersion(0, []), message("N", "SNOTICE\0\0"), ASK, AUTHENTICATION_OK], 2);
    assert.equal(heard.readUInt32BE(4), 0x30002);
  });

  it("keeps the database's own refusal as it came", () =>
    assert.rejects(run([ASK, PAM]), {
      name: "UpstreamRefused",
      code: "28000",
      message: 'PAM authentication failed for user "jane"',
      raw: PAM,
    }));

  const ODD: readonly (readonly [string, readonly Buffer[], string])[] = [
    ["md5", [authentication(5, Buffer.alloc(4))], "authentication request 5"],
    ["SCRAM", [authentication(10, Buffer.from("SCRAM-SHA-256\0\0"))], "authentication request 10"],
    ["a second password", [ASK, ASK], "authentication request 3"],
    ["a ready server without login", [message("Z", "I")], 'message "Z"'],
    ["an authentication request of two bytes", [message("R", "\0\0")], 'message "R"'],
  ];
  for (const [what, bytes, seen] of ODD)
    it(`refuses ${what}`, () =>
      assert.rejects(run(bytes), {
        sqlState: "08P01",
        message: `the database sent ${seen}; expected a cleartext password request over verified TLS`,
      }));

  it("says so when the database hangs up or sends too much", async () => {
    await assert.rejects(run([]), { name: "StreamEnded" });
    await assert.rejects(run([Buffer.from("R\x7f\0\0\0")]), { sqlState: "08P01", message: "invalid message length" });
  });
});

describe("until the database is ready", () => {
  const ready = message("Z", "I");
  const key = message("K", Buffer.alloc(36, 7));

  it("every message is passed on, the cancel key kept before that, and the rest left alone", async () => {
    const { reader } = database([message("S", "a\0b\0"), key, ready, Buffer.from("rest")]);
    const seen: string[] = [];
    await awaitReady(
      reader,
      (bytes) => seen.push(`keep ${bytes.length}`),
      (raw) => seen.push(raw.toString("latin1", 0, 1)),
    );
    assert.deepEqual(seen, ["S", "keep 36", "K", "Z"]);
    assert.equal(reader.release().toString(), "rest");
  });

  it("an error is the database's own", async () => {
    const { reader } = database([fatal(new Refusal("3D000", 'database "x" does not exist'))]);
    await assert.rejects(
      awaitReady(
        reader,
        () => assert.fail(),
        () => undefined,
      ),
      { code: "3D000", message: 'database "x" does not exist' },
    );
  });

  it("more than a mebibyte before that is refused", async () => {
    const { reader } = database(Array.from({ length: 6 }, () => message("N", Buffer.alloc(200_000))));
    await assert.rejects(
      awaitReady(
        reader,
        () => assert.fail(),
        () => undefined,
      ),
      { sqlState: "08P01", message: "the database sent more than 1048576 bytes before it was ready" },
    );
  });
});
