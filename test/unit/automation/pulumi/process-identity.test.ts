import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { machineProcesses, parseProcStart } from "../../../../automation/pulumi/process-identity";

const stat = (name: string, state: string, ticks: number): string =>
  `7 (${name}) ${state} ${Array.from({ length: 18 }, (_, i) => i + 1).join(" ")} ${ticks} 0 0\n`;

describe("process identity", () => {
  it("the start time is boot time plus ticks, whatever the process is called", () => {
    assert.equal(parseProcStart(stat("node", "S", 500), "cpu 1\nbtime 1700000000\nprocesses 3\n"), 1_700_000_005_000);
    assert.equal(parseProcStart(stat("a) b (c", "R", 0), "btime 1700000000\n"), 1_700_000_000_000);
  });

  it("a zombie has ended, and half a file says nothing", () => {
    assert.equal(parseProcStart(stat("node", "Z", 500), "btime 1700000000\n"), undefined);
    assert.equal(parseProcStart("", "btime 1700000000\n"), undefined);
    assert.equal(parseProcStart(stat("node", "S", 500), "cpu 1\n"), undefined);
  });

  it("a living process has a start time, an ended one has none", async () => {
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
    const pid = child.pid ?? 0;
    assert.ok(((await machineProcesses.startedAt(pid)) ?? 0) > 1_600_000_000_000);
    child.stdin.end();
    await new Promise((resolve) => child.on("exit", resolve));
    assert.equal(await machineProcesses.startedAt(pid), undefined);
  });
});
