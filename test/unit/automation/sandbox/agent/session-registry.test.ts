import assert from "node:assert/strict";
import { SessionRegistry } from "../../../../../automation/sandbox/agent/session-registry";
import { CALLER } from "../../../../support/gateway-world";

const STARTED = {
  account: "000000000000",
  region: "eu-west-2",
  instanceId: "i-0123456789abcdef0",
  documentName: "sp-payments-dev-app-writer",
  host: "db",
  portNumber: "5432",
  localPortNumber: "0",
  owner: CALLER,
};

function bench() {
  const time = { now: 1_000 };
  let next = 0;
  const registry = new SessionRegistry(
    (size) => Buffer.alloc(size, ++next),
    () => time.now,
  );
  return { registry, time };
}

describe("session registry", () => {
  it("names a session after its owner's session name and 17 hexadecimal digits", () => {
    const { registry } = bench();
    const { session } = registry.create(STARTED);
    assert.equal(session.id, "jane-01010101010101010");
    assert.deepEqual(registry.get(session.id), { ...STARTED, id: session.id, startedAt: 1_000, state: "connecting" });
    assert.deepEqual(registry.list(), [session]);
    assert.equal(registry.get("jane-00000000000000000"), undefined);
  });

  it("matrix 9: a token opens its own session, once", () => {
    const { registry } = bench();
    const [first, second] = [registry.create(STARTED), registry.create(STARTED)];
    assert.equal(registry.useToken(second.session.id, first.token), false);
    assert.equal(registry.useToken(first.session.id, first.token), true);
    assert.equal(registry.useToken(first.session.id, first.token), false);
    assert.equal(registry.useToken("unknown", first.token), false);
  });

  it("matrix 35: a renewed token takes the place of the old one and lives its own minute; over is over", () => {
    const { registry, time } = bench();
    const { session, token } = registry.create(STARTED);
    time.now += 60_001;
    const renewed = registry.renew(session.id) ?? "";
    assert.equal(registry.useToken(session.id, token), false);
    assert.equal(registry.useToken(session.id, renewed), true);
    session.state = "terminated";
    assert.equal(registry.renew(session.id), undefined);
    assert.equal(registry.renew("unknown"), undefined);
  });

  it("a token is of no use after a minute, or when its session has ended", () => {
    const { registry, time } = bench();
    const [late, ended] = [registry.create(STARTED), registry.create(STARTED)];
    ended.session.state = "terminated";
    assert.equal(registry.useToken(ended.session.id, ended.token), false);
    time.now += 60_001;
    assert.equal(registry.useToken(late.session.id, late.token), false);
  });
});
