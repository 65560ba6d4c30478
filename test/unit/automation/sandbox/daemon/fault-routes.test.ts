import assert from "node:assert/strict";
import { realAgentKnobs } from "../../../../../automation/sandbox/agent/agent-knobs";
import { gatewayFaults } from "../../../../../automation/sandbox/agent/gateway-faults";
import { faultRoutes, type FaultAnswer } from "../../../../../automation/sandbox/daemon/fault-routes";
import { doorEstate } from "../../../../support/door-estate";

function bench() {
  const knobs = { ...realAgentKnobs(), leastLimitMs: 180_000 };
  const ports = {
    estate: doorEstate().estate,
    knobs,
    gateway: gatewayFaults(new Map()),
    failOver: () => Promise.reject(new Error("no port is free")),
  };
  const routes = faultRoutes(ports);
  return { knobs, ask: async (route: string, body?: unknown): Promise<unknown> => routes[route]?.(body) };
}

describe("the control routes of faults", () => {
  it("set one by its words, list them, and clear them", async () => {
    const { knobs, ask } = bench();
    const { happened, faults } = (await ask("POST faults", { words: ["drop", "5%", "to-agent"] })) as FaultAnswer;
    assert.deepEqual([happened, knobs.toAgent.drop], ["", 0.05]);
    assert.deepEqual(faults[0], {
      name: "drop",
      form: "RATE [both|to-agent|to-client]",
      meaning: "frames are lost",
      value: "0.05 to-agent",
    });
    assert.deepEqual(await ask("GET faults"), faults);
    await ask("POST faults", { words: ["idle-timeout", "1"] });
    await ask("POST faults", { words: ["none"] });
    assert.deepEqual(knobs, { ...realAgentKnobs(), leastLimitMs: 180_000 });
  });

  it("refuse what the table does not know, with every problem, and change nothing", async () => {
    const { knobs, ask } = bench();
    const before = structuredClone(knobs);
    await assert.rejects(ask("POST faults", { words: ["drop", "x", "y"] }), {
      status: 400,
      message:
        'drop: "x" is no RATE: a share such as 0.05 or 5%, at most 100%, or off; ' +
        'drop: "y" is no both|to-agent|to-client: one of both, to-agent, to-client',
    });
    for (const words of [undefined, "drop", [5], { 0: "drop" }])
      await assert.rejects(ask("POST faults", { words }), { status: 400, message: "words are a list of texts" });
    await assert.rejects(ask("POST faults", null), { status: 400 });
    await assert.rejects(ask("POST faults", { words: [] }), { status: 400 });
    await assert.rejects(ask("POST faults", { words: ["none", "x"] }), { status: 400 });
    assert.deepEqual(knobs, before);
  });

  it("tell what is not there from what went wrong", async () => {
    const { ask } = bench();
    const missing = { status: 404, message: 'no open session "jane-1"' };
    await assert.rejects(ask("POST faults", { words: ["close", "1006", "jane-1"] }), missing);
    await assert.rejects(ask("POST faults", { words: ["fail-over"] }), { message: "no port is free" });
  });
});
