import assert from "node:assert/strict";
import { realAgentKnobs } from "../../../../../automation/sandbox/agent/agent-knobs";

describe("agent knobs", () => {
  it("default to the real agent: 1,024 bytes, then a millisecond; only the oldest message is resent; no faults", () => {
    const knobs = realAgentKnobs();
    assert.deepEqual([knobs.payloadBytes, knobs.paceMs, knobs.resendPerTick, knobs.handshake], [1024, 1, 1, "normal"]);
    const none = { drop: 0, duplicate: 0, reorder: 0, corrupt: 0, delayMs: 0, jitterMs: 0 };
    assert.deepEqual([knobs.toAgent, knobs.toClient], [none, none]);
    assert.deepEqual([knobs.idleMinutes, knobs.maxMinutes, knobs.rotateMinutes], [20, 0, 60]);
  });

  it("are a fresh set each time", () => {
    realAgentKnobs().toAgent.drop = 1;
    assert.equal(realAgentKnobs().toAgent.drop, 0);
  });
});
