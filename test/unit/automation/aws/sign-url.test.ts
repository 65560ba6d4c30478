import assert from "node:assert/strict";
import { makeUrlSigner } from "../../../../automation/aws/sign-url";
import { EXAMPLE_KEYS } from "../../../support/fake-aws";
import { FakeClock } from "../../../support/fake-clock";

const clock = new FakeClock(Date.parse("2026-01-02T03:04:05Z"));
const sign = (sessionToken?: string) =>
  makeUrlSigner({
    region: "eu-west-2",
    service: "ssmmessages",
    clock,
    credentials: async () => ({ ...EXAMPLE_KEYS, ...(sessionToken === undefined ? {} : { sessionToken }) }),
  });

describe("signing a URL", () => {
  const url =
    "wss://ssmmessages.eu-west-2.amazonaws.com/v1/data-channel/jane-1?role=publish_subscribe&cell-number=AAEAAQ";

  it("gives the headers of a SigV4 GET at the clock's time, without the host that the client writes itself", async () => {
    const headers = await sign()(url);
    assert.deepEqual(Object.keys(headers).sort(), ["authorization", "x-amz-content-sha256", "x-amz-date"]);
    assert.equal(headers["x-amz-date"], "20260102T030405Z");
    assert.match(
      headers.authorization ?? "",
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20260102\/eu-west-2\/ssmmessages\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
  });

  it("signs the session token, the port and the query", async () => {
    const plain = await sign()(url);
    const token = await sign("session-token")(url);
    assert.equal(token["x-amz-security-token"], "session-token");
    const signatures = [
      plain,
      token,
      await sign()(url.replace(".com/", ".com:8443/")),
      await sign()(`${url}x`),
      await sign()(`${url}&role=a`),
    ].map((headers) => headers.authorization);
    assert.equal(new Set(signatures).size, 5);
  });

  it("adds nothing to a URL that is presigned", async () => {
    assert.deepEqual(await sign()(`${url}&X-Amz-Signature=abc`), {});
  });
});
