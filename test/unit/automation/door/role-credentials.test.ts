import assert from "node:assert/strict";
import { Redactor } from "../../../../automation/core/redactor";
import { roleCredentials } from "../../../../automation/door/role-credentials";
import { FakeClock } from "../../../support/fake-clock";

describe("a permission set's credentials", () => {
  it("are fetched once for all, and again before they end", async () => {
    const clock = new FakeClock(0);
    const redactor = new Redactor();
    let fetched = 0;
    const portal = {
      roleCredentials: async (account: string, set: string) => {
        fetched++;
        assert.deepEqual([account, set], ["000000000000", "sp-payments-dev-developer"]);
        return {
          accessKeyId: `ASIA${fetched}`,
          secretAccessKey: `secret-${fetched}`,
          sessionToken: `session-${fetched}`,
          expiration: new Date(clock.now() + 3_600_000),
        };
      },
    };
    const source = roleCredentials({
      portal,
      account: "000000000000",
      set: "sp-payments-dev-developer",
      clock,
      redactor,
    });
    const [one, two] = await Promise.all([source(), source()]);
    assert.equal(one, two);
    assert.equal(await source(), one);
    assert.equal(redactor.redact("secret-1 session-1"), "«redacted» «redacted»");
    await clock.advance(3_600_000 - 300_000);
    assert.equal((await source()).accessKeyId, "ASIA2");
    assert.equal(fetched, 2);
  });

  it("are fetched again when they were dropped, once for all who ask then", async () => {
    let fetched = 0;
    const source = roleCredentials({
      portal: {
        roleCredentials: async () => ({
          accessKeyId: `ASIA${++fetched}`,
          secretAccessKey: "secret-x",
          expiration: new Date(3_600_000),
        }),
      },
      account: "a",
      set: "s",
      clock: new FakeClock(0),
      redactor: new Redactor(),
    });
    assert.equal((await source()).accessKeyId, "ASIA1");
    source.drop();
    const both = await Promise.all([source(), source()]);
    assert.deepEqual([...both.map(({ accessKeyId }) => accessKeyId), fetched], ["ASIA2", "ASIA2", 2]);
  });

  it("are asked for again after a failure", async () => {
    let fail = true;
    const portal = {
      roleCredentials: async () => {
        if (fail) throw new Error("once");
        return { accessKeyId: "ASIA", secretAccessKey: "secret-x" };
      },
    };
    const source = roleCredentials({
      portal,
      account: "a",
      set: "s",
      clock: new FakeClock(),
      redactor: new Redactor(),
    });
    await assert.rejects(source(), /once/);
    fail = false;
    assert.equal((await source()).accessKeyId, "ASIA");
  });
});
