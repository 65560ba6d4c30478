import assert from "node:assert/strict";
import { realAgentKnobs } from "../../../../../automation/sandbox/agent/agent-knobs";
import type { GatewayFaults } from "../../../../../automation/sandbox/agent/gateway-faults";
import type { FaultPorts } from "../../../../../automation/sandbox/faults/fault";
import { clearFaults, FAULTS, listFaults, readFault } from "../../../../../automation/sandbox/faults/faults";
import { doorEstate } from "../../../../support/door-estate";

function bench() {
  const log: unknown[][] = [];
  const note =
    (name: string) =>
    (...values: unknown[]): number =>
      log.push([name, ...values]) && 1;
  const door = doorEstate();
  const gateway: GatewayFaults = {
    closeSockets: note("close"),
    publish: note("publish"),
    restartAgents: note("restart"),
    reconnectAgents: note("reconnect"),
  };
  const failOver = (cluster: { readonly id: string }) => Promise.resolve(void log.push(["fail-over", cluster.id]));
  const ports: FaultPorts = { estate: door.estate, knobs: realAgentKnobs(), gateway, failOver };
  const set = async (...[name = "", ...values]: string[]): Promise<string> => {
    const change = readFault(name, values);
    assert.ok(typeof change === "function", String(change));
    return change(ports);
  };
  const value = (name: string): string | undefined => listFaults(ports).find((one) => one.name === name)?.value;
  return { ...door, ports, log, set, value };
}

describe("the table of faults", () => {
  it("names each once, with a form and one line of meaning", () => {
    const names = FAULTS.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
    for (const { name, meaning } of FAULTS) {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/);
      assert.match(meaning, /^[^\n]{8,130}$/);
    }
  });

  it("stands at AWS's behaviour at the start", () => {
    const { ports } = bench();
    assert.deepEqual(
      Object.fromEntries(listFaults(ports).flatMap(({ name, value }) => (value === "" ? [] : [[name, value]]))),
      {
        drop: "off",
        delay: "off",
        jitter: "off",
        duplicate: "off",
        reorder: "off",
        corrupt: "off",
        "close-after": "off",
        "rotate-after": "60 min",
        "silent-gateway": "off",
        "message-rate": "off",
        "silent-agent": "off",
        "agent-profile": "real",
        handshake: "normal",
        "refuse-resume": "off",
        "idle-timeout": "20 min",
        "max-duration": "off",
        "bastion-stop": "off",
      },
    );
  });

  const LASTING: readonly [string, string][] = [
    ["drop 5%", "0.05"],
    ["drop 5% to-agent", "0.05 to-agent"],
    ["delay 250ms to-client", "250ms to-client"],
    ["jitter 30ms", "30ms"],
    ["duplicate 0.2", "0.2"],
    ["reorder 10%", "0.1"],
    ["corrupt 1%", "0.01"],
    ["close-after 64KiB", "65536 1006"],
    ["close-after 64KiB 1000", "65536 1000"],
    ["rotate-after 5", "5 min"],
    ["rotate-after off", "never"],
    ["silent-gateway on", "on"],
    ["message-rate 1000", "1000"],
    ["silent-agent on", "on"],
    ["agent-profile fast", "fast"],
    ["handshake kms", "kms"],
    ["refuse-resume over", "over"],
    ["refuse-resume denied 3", "denied 3"],
    ["idle-timeout 1", "1 min"],
    ["max-duration 2", "2 min"],
  ];
  for (const [words, present] of LASTING)
    it(`"${words}" stands as ${present}, and none clears it`, async () => {
      const { ports, set, value } = bench();
      const { toAgent } = ports.knobs;
      const initial = structuredClone(ports.knobs);
      const [name = ""] = words.split(" ");
      await set(...words.split(" "));
      assert.equal(value(name), present);
      clearFaults(ports, initial);
      assert.deepEqual(ports.knobs, initial);
      assert.equal(ports.knobs.toAgent, toAgent);
    });

  it("each direction is its own, and both at once are one", async () => {
    const { ports, set, value } = bench();
    await set("drop", "5%", "to-agent");
    await set("drop", "10%", "to-client");
    assert.deepEqual([ports.knobs.toAgent.drop, ports.knobs.toClient.drop], [0.05, 0.1]);
    assert.equal(value("drop"), "0.05 to-agent, 0.1 to-client");
    await set("drop", "off");
    assert.equal(value("drop"), "off");
  });

  it("a limit that somebody chose acts when it says, without the least real time", async () => {
    for (const words of ["rotate-after 5", "idle-timeout 5", "max-duration 5"]) {
      const { ports, set } = bench();
      ports.knobs.leastLimitMs = 180_000;
      await set(...words.split(" "));
      assert.equal(ports.knobs.leastLimitMs, 0, words);
    }
  });

  const ACTS: readonly [string, unknown[][], string][] = [
    ["close 1006", [["close", 1006, undefined]], "1 session"],
    ["close 1000 jane-1", [["close", 1000, "jane-1"]], "1 session"],
    ["pause client", [["publish", false, "client", undefined]], "1 session"],
    [
      "start",
      [
        ["publish", true, "client", undefined],
        ["publish", true, "agent", undefined],
      ],
      "1 session",
    ],
    ["agent-restart", [["restart", undefined]], "1 session"],
    ["agent-reconnect", [["reconnect", "cut", undefined]], "1 session"],
    ["agent-reconnect bye jane-1", [["reconnect", "bye", "jane-1"]], "1 session"],
    ["fail-over", [["fail-over", "sp-app"]], "sp-app"],
  ];
  for (const [words, calls, said] of ACTS)
    it(`"${words}" happens once: ${said}`, async () => {
      const { log, set, value } = bench();
      const [name = ""] = words.split(" ");
      assert.equal(await set(...words.split(" ")), said);
      assert.deepEqual(log, calls);
      assert.equal(value(name), "");
    });

  it("stops, starts and replaces the bastion", async () => {
    const { ports, estate, instance, set, value } = bench();
    await set("bastion-stop");
    assert.equal(value("bastion-stop"), instance.id);
    await set("bastion-start", instance.id);
    assert.equal(value("bastion-stop"), "off");
    await set("bastion-stop");
    clearFaults(ports, structuredClone(ports.knobs));
    assert.equal(instance.props.instanceState, "running");
    assert.equal(await set("bastion-replace", instance.id), instance.id);
    assert.notEqual(estate.list(instance.token)[0]?.id, instance.id);
  });

  it("an id that is not there is told", async () => {
    const { set } = bench();
    await assert.rejects(set("bastion-stop", "i-0"), { message: 'the account has no "i-0"' });
    await assert.rejects(set("fail-over", "nothing"), { message: 'the account has no "nothing"' });
  });

  it("clearing lets everybody send again", () => {
    const { ports, log } = bench();
    clearFaults(ports, structuredClone(ports.knobs));
    assert.deepEqual(log, [
      ["publish", true, "client"],
      ["publish", true, "agent"],
    ]);
  });

  it("tells every problem of a wrong order at once", () => {
    assert.deepEqual(readFault("close", ["1005", "a b", "c"]), [
      'close: "1005" is no CODE: one of 1000, 1001, 1003, 1006, 1011 (1006 = cut without a word)',
      'close: "a b" is no SESSION: an id: letters, digits and . @ _ -, at most 96',
      'close: "c" is one value too many',
    ]);
    const unknown = readFault("constructor", []);
    assert.ok(Array.isArray(unknown));
    assert.match(String(unknown[0]), /^there is no fault "constructor"; there are drop, delay, /);
  });
});
