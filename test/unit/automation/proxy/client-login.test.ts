import assert from "node:assert/strict";
import { Duplex, PassThrough } from "node:stream";
import { serialize } from "pg-protocol";
import { logInClient, negotiate } from "../../../../automation/proxy/client-login";
import { scramKeys } from "../../../../automation/proxy/scram/scram-keys";
import type { StartupPacket } from "../../../../automation/proxy/wire/first-packet";
import { MessageReader } from "../../../../automation/proxy/wire/message-reader";
import { ASK_SCRAM, negotiateProtocolVersion } from "../../../../automation/proxy/wire/server-messages";
import { parameters } from "./proxy-fixture";

const startup = (pairs: Record<string, string>, minor = 0): StartupPacket => ({
  kind: "startup",
  minor,
  parameters: parameters(pairs),
});
const SCRAM = { keys: scramKeys("secret", Buffer.alloc(16), 4096), nonce: () => "server" };

/** A login whose client has said `bytes`; what it was answered is in `answers`. */
function login(packet: StartupPacket, bytes: readonly Buffer[]) {
  const [says, hears] = [new PassThrough(), new PassThrough()];
  const client = Duplex.from({ readable: says, writable: hears });
  for (const each of bytes) says.write(each);
  const done = logInClient(client, new MessageReader(client), packet, { scram: SCRAM, user: "jane" });
  const answers = async (length: number): Promise<Buffer> => {
    while (hears.readableLength < length) await new Promise((resolve) => setImmediate(resolve));
    return hears.read(length) as Buffer;
  };
  return { done, answers, say: (each: Buffer) => says.write(each) };
}

describe("protocol version", () => {
  const TABLE: readonly (readonly [string, StartupPacket, number, Buffer | undefined])[] = [
    ["3.0 is spoken", startup({ user: "jane" }), 0, undefined],
    ["3.2 is spoken", startup({ user: "jane" }, 2), 2, undefined],
    ["3.1 never was: 3.0", startup({ user: "jane" }, 1), 0, negotiateProtocolVersion(0, [])],
    ["3.9999 becomes 3.2", startup({ user: "jane" }, 9999), 2, negotiateProtocolVersion(2, [])],
    [
      "options of the protocol are not known",
      startup({ user: "jane", "_pq_.x": "1" }),
      0,
      negotiateProtocolVersion(0, ["_pq_.x"]),
    ],
  ];
  for (const [what, packet, minor, answer] of TABLE)
    it(what, () => {
      const found = negotiate(packet);
      assert.equal(found.minor, minor);
      assert.deepEqual(found.answer, answer);
      assert.deepEqual(found.parameters, parameters({ user: "jane" }));
    });
});

describe("login of a client", () => {
  const initial = (mechanism: string, text: string): Buffer =>
    serialize.sendSASLInitialResponseMessage(mechanism, text);

  it("without a secret asks for nothing", async () => {
    const client = new PassThrough();
    const open = await logInClient(client, new MessageReader(client), startup({ user: "jane" }), {
      scram: undefined,
      user: "jane",
    });
    assert.equal(open.minor, 0);
    assert.equal(client.readableLength, 0);
  });

  const REFUSED: readonly (readonly [string, StartupPacket, readonly Buffer[], string, string])[] = [
    ["nobody", startup({}), [], "28000", "no PostgreSQL user name specified in startup packet"],
    [
      "another mechanism",
      startup({ user: "jane" }),
      [initial("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=,r=a")],
      "08P01",
      "client selected an invalid SASL authentication mechanism",
    ],
    [
      "channel binding",
      startup({ user: "jane" }),
      [initial("SCRAM-SHA-256", "p=tls-server-end-point,,n=,r=a")],
      "08P01",
      "malformed SCRAM message",
    ],
    [
      "a query instead",
      startup({ user: "jane" }),
      [serialize.query("x")],
      "08P01",
      "expected SASL response, got another message",
    ],
    [
      "too long an answer",
      startup({ user: "jane" }),
      [serialize.password("x".repeat(1024))],
      "08P01",
      "invalid message length",
    ],
  ];
  for (const [what, packet, bytes, sqlState, message] of REFUSED)
    it(`refuses ${what}`, () => assert.rejects(login(packet, bytes).done, { sqlState, message }));

  it("lets a client wait for an empty challenge before it speaks", async () => {
    const { done, answers, say } = login(startup({ user: "jane" }), [
      Buffer.from("p\0\0\0\x16SCRAM-SHA-256\0\xff\xff\xff\xff", "latin1"),
    ]);
    done.catch(() => undefined);
    assert.deepEqual(await answers(ASK_SCRAM.length), ASK_SCRAM);
    assert.equal((await answers(9)).toString("hex"), "52000000080000000b");
    say(serialize.sendSCRAMClientFinalMessage("n,,n=,r=client"));
    const challenge = (await answers(57)).toString("latin1");
    assert.match(challenge, /r=clientserver,s=A/);
    say(serialize.sendSCRAMClientFinalMessage(`c=biws,r=clientserver,p=${"A".repeat(43)}=`));
    await assert.rejects(done, {
      sqlState: "28P01",
      message: 'password authentication failed for user "jane"',
      detail: "This port asks for Sallyport's local secret, not for a database password.",
    });
  });
});
