import assert from "node:assert/strict";
import { ALLOWED_SKEW_MS, clockSkew } from "../../../../automation/aws/clock-skew";
import { makeSsoPortal } from "../../../../automation/aws/sso-portal";
import { FakeClock } from "../../../support/fake-clock";
import { FakeAws } from "../../../support/fake-aws";

const AT = Date.parse("2026-11-23T10:00:00Z");

describe("clock skew", () => {
  it("says by how many minutes, and in which direction", () => {
    const behind = clockSkew("Mon, 23 Nov 2026 10:10:00 GMT", AT);
    assert.equal(behind?.code, "CLOCK_SKEW");
    assert.equal(behind?.message, "This machine's clock is 10 minutes behind AWS's.");
    assert.equal(
      clockSkew("Mon, 23 Nov 2026 09:50:00 GMT", AT)?.message,
      "This machine's clock is 10 minutes ahead of AWS's.",
    );
  });

  it("allows what signatures allow, and is silent about an unreadable date", () => {
    assert.equal(clockSkew(new Date(AT + ALLOWED_SKEW_MS).toUTCString(), AT), undefined);
    assert.equal(clockSkew(new Date(AT + ALLOWED_SKEW_MS + 1000).toUTCString(), AT)?.code, "CLOCK_SKEW");
    assert.equal(clockSkew(undefined, AT), undefined);
    assert.equal(clockSkew("yesterday", AT), undefined);
  });

  it("is found at the first answer of any client, a refusal included", async () => {
    const aws = await FakeAws.start();
    try {
      aws.on("GET /assignment/accounts", {
        status: 401,
        json: { message: "no" },
        headers: { date: "Mon, 23 Nov 2026 10:10:00 GMT" },
      });
      const portal = makeSsoPortal({
        region: "eu-west-1",
        endpoint: aws.url,
        accessToken: "token-1",
        clock: new FakeClock(AT),
      });
      await assert.rejects(portal.accounts(), {
        code: "CLOCK_SKEW",
        message: "This machine's clock is 10 minutes behind AWS's.",
      });
      assert.equal(aws.requests.length, 1);
    } finally {
      await aws.close();
    }
  });
});
