import assert from "node:assert/strict";
import type { DemoWorld } from "../../../../automation/demo/refusal";
import { tryRefusal } from "../../../../automation/demo/refusal";
import { REFUSALS } from "../../../../automation/demo/refusals";

/** A world in which everything works: the worst case. */
const OPEN: DemoWorld = {
  portal: { roleCredentials: async () => ({ accessKeyId: "", secretAccessKey: "" }) },
  account: "000000000000",
  ssm: { startSession: async () => ({ sessionId: "", tokenValue: "", streamUrl: "" }) },
  door: {
    instanceId: "i-1",
    host: "app.cluster-x.rds.amazonaws.com",
    password: async () => "token",
    openDatabase: async () => ({}) as never,
    openStream: async () => ({}) as never,
  },
  login: "jane@example.com",
  database: "app",
  client: { query: (async () => ({})) as never },
  expectName: async () => undefined,
  later: (_ms, work) => work(),
};

describe("the demo's refusals", () => {
  for (const refusal of REFUSALS)
    it(`${refusal.title}: does not hold where it works`, async () =>
      assert.deepEqual(await tryRefusal(refusal, OPEN), { title: refusal.title, held: false, words: "it worked" }));

  it("the clock is moved by more than a token's life, after the token was made", async () => {
    const order: unknown[] = [];
    const late = REFUSALS.find(({ title }) => title === "an expired token");
    await late?.attempt({
      ...OPEN,
      door: { ...OPEN.door, password: async () => (order.push("token"), "token") },
      later: (ms, work) => (order.push(ms > 15 * 60_000), work()),
    });
    assert.deepEqual(order, ["token", true]);
  });

  it("the other name differs from the endpoint in its first label only", async () => {
    let asked = "";
    const wrong = REFUSALS.find(({ title }) => title.startsWith("a server with another name"));
    await wrong?.attempt({ ...OPEN, expectName: async (name) => void (asked = name) });
    assert.equal(asked, "other.cluster-x.rds.amazonaws.com");
  });
});
