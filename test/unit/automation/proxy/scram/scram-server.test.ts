import assert from "node:assert/strict";
import fc from "fast-check";
import { scramKeys } from "../../../../../automation/proxy/scram/scram-keys";
import { ScramServer } from "../../../../../automation/proxy/scram/scram-server";

/** The client side that `pg` itself uses; it has no types. */
const pgSasl = require("pg/lib/crypto/sasl") as {
  startSession(mechanisms: string[]): { readonly response: string };
  continueSession(session: object, password: string, serverData: string): Promise<void>;
  finalizeSession(session: object, serverData: string): void;
};

const SALT = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
const NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
const FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
const FINAL = `c=biws,r=rOprNGfwEbeRWgbNEkqO${NONCE},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`;

describe("SCRAM server", () => {
  const server = (secret = "pencil", nonce = NONCE): ScramServer => new ScramServer(scramKeys(secret, SALT), nonce);

  it("speaks the exchange of RFC 7677, section 3", () => {
    const scram = server();
    assert.equal(scram.first(FIRST), `r=rOprNGfwEbeRWgbNEkqO${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`);
    assert.equal(scram.final(FINAL), "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  });

  it("knows a wrong secret from a right one", () => {
    const scram = server("pencils");
    scram.first(FIRST);
    assert.equal(scram.final(FINAL), undefined);
  });

  it("refuses a proof with any bit changed", () => {
    fc.assert(
      fc.property(fc.nat(255), (bit) => {
        const [head = "", proof = ""] = FINAL.split(",p=");
        const bytes = Buffer.from(proof, "base64");
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const scram = server();
        scram.first(FIRST);
        assert.equal(scram.final(`${head},p=${bytes.toString("base64")}`), undefined);
      }),
      { numRuns: 50 },
    );
  });

  const BROKEN: readonly (readonly [string, string, string])[] = [
    ["another nonce", FINAL.replace("k0,p", "k1,p"), "The nonce is another one."],
    ["the client's nonce alone", FINAL.replace(NONCE, ""), "The nonce is another one."],
    ["another flag than the first message", FINAL.replace("biws", "eSws"), "Channel binding data differ."],
    ["no channel binding data", FINAL.replace("biws", ""), "Channel binding data differ."],
  ];
  for (const [what, final, detail] of BROKEN)
    it(`refuses a last message with ${what}`, () => {
      const scram = server();
      scram.first(FIRST);
      assert.throws(() => scram.final(final), { sqlState: "08P01", message: "malformed SCRAM message", detail });
    });

  it("wants each message once and in order", () => {
    const scram = server();
    assert.throws(() => scram.final(FINAL), { detail: "The last message came first." });
    scram.first(FIRST);
    assert.throws(() => scram.first(FIRST), { detail: "The first message came twice." });
  });

  it("agrees with pg's own client about any ASCII secret, and is believed by it", async () => {
    const secret = fc.stringMatching(/^[!-~]{1,60}$/);
    await fc.assert(
      fc.asyncProperty(secret, async (text) => {
        const session = pgSasl.startSession(["SCRAM-SHA-256"]);
        const scram = server(text);
        await pgSasl.continueSession(session, text, scram.first(session.response));
        const signature = scram.final(session.response);
        assert.ok(signature);
        pgSasl.finalizeSession(session, signature);
      }),
      { numRuns: 20 },
    );
  });
});
