import assert from "node:assert/strict";
import fc from "fast-check";
import { Refusal } from "../../../../../automation/proxy/refusal";
import { parseClientFinal, parseClientFirst } from "../../../../../automation/proxy/scram/scram-messages";

const PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

describe("SCRAM messages", () => {
  const FIRST: readonly (readonly [string, string, { gs2Header: string; nonce: string }])[] = [
    ["libpq without TLS", "n,,n=,r=abc+/=", { gs2Header: "n,,", nonce: "abc+/=" }],
    ["pg", "n,,n=*,r=abc", { gs2Header: "n,,", nonce: "abc" }],
    ["libpq over TLS, when no channel binding was offered", "y,,n=,r=abc", { gs2Header: "y,,", nonce: "abc" }],
    ["extensions that may be left out", "n,,n=u,r=abc,x=1,y=2", { gs2Header: "n,,", nonce: "abc" }],
  ];
  for (const [who, text, expected] of FIRST)
    it(`a first message of ${who}`, () =>
      assert.deepEqual(parseClientFirst(text), { ...expected, bare: text.slice(3) }));

  const REFUSED: readonly (readonly [string, string, string, string | undefined])[] = [
    [
      "binds the channel",
      "p=tls-server-end-point,,n=,r=abc",
      "08P01 malformed SCRAM message",
      "The client binds the channel, but SCRAM-SHA-256 without binding was chosen.",
    ],
    [
      "acts for another",
      "n,a=root,n=,r=abc",
      "0A000 client uses authorization identity, but it is not supported",
      undefined,
    ],
    [
      "wants an unknown extension",
      "n,,m=x,n=,r=abc",
      "0A000 client requires an unsupported SCRAM extension",
      undefined,
    ],
    [
      "has no flag",
      "x,,n=,r=abc",
      "08P01 malformed SCRAM message",
      "The message does not begin with a channel binding flag.",
    ],
    ["is empty", "", "08P01 malformed SCRAM message", "The message does not begin with a channel binding flag."],
    ["has no nonce", "n,,n=", "08P01 malformed SCRAM message", "Name or nonce is missing or not printable."],
    ["has an empty nonce", "n,,n=,r=", "08P01 malformed SCRAM message", "Name or nonce is missing or not printable."],
    [
      "has a nonce that is not printable",
      "n,,n=,r=a b",
      "08P01 malformed SCRAM message",
      "Name or nonce is missing or not printable.",
    ],
    [
      "has a second line",
      "n,,n=,r=abc\n",
      "08P01 malformed SCRAM message",
      "Name or nonce is missing or not printable.",
    ],
  ];
  for (const [what, text, expected, detail] of REFUSED)
    it(`a first message that ${what} is refused`, () => {
      const [sqlState, ...words] = expected.split(" ");
      assert.throws(() => parseClientFirst(text), { sqlState, message: words.join(" "), detail });
    });

  it("a last message", () => {
    assert.deepEqual(parseClientFinal(`c=biws,r=abc,p=${PROOF}`), {
      channelBinding: Buffer.from("n,,"),
      nonce: "abc",
      proof: Buffer.from(PROOF, "base64"),
      withoutProof: "c=biws,r=abc",
    });
  });

  const BROKEN = [
    "",
    "c=biws,r=abc",
    `c=biws,p=${PROOF}`,
    `r=abc,p=${PROOF}`,
    "c=biws,r=abc,p=AAAA",
    `c=!,r=abc,p=${PROOF}`,
    `c=biws,r=abc,p=${PROOF},x=1`,
  ];
  for (const text of BROKEN)
    it(`a last message ${JSON.stringify(text.slice(0, 24))} is refused`, () =>
      assert.throws(() => parseClientFinal(text), { sqlState: "08P01", message: "malformed SCRAM message" }));

  it("any text gives a message or a refusal", () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[nyp=a,crmbiws]*$/),
      fc.string().map((rest) => `n,,n=,r=${rest}`),
    );
    fc.assert(
      fc.property(text, (each) => {
        for (const parse of [parseClientFirst, parseClientFinal])
          try {
            parse(each);
          } catch (error) {
            assert.ok(error instanceof Refusal);
          }
      }),
      { numRuns: 500 },
    );
  });
});
