import assert from "node:assert/strict";
import { FaultyLine } from "../../../../../automation/sandbox/agent/faulty-line";
import type { LineFaults } from "../../../../../automation/sandbox/agent/agent-knobs";

/** A line whose dice always show `chance` (0 to 1). */
function line(faults: LineFaults, chance = 0) {
  const delivered: string[] = [];
  const random = (): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(Math.floor(chance * 0xffffffff));
    return bytes;
  };
  return { delivered, line: new FaultyLine(faults, random, (frame) => delivered.push(String(frame))) };
}

describe("faulty line", () => {
  it("without faults delivers at once, and rolls no dice", () => {
    const delivered: string[] = [];
    const sound = new FaultyLine(
      { drop: 0, duplicate: 0, jitterMs: 0 },
      () => assert.fail("dice"),
      (frame) => delivered.push(String(frame)),
    );
    sound.send(Buffer.from("a"));
    assert.deepEqual(delivered, ["a"]);
  });

  it("drops and doubles at its rates, which may change while it runs", () => {
    const faults = { drop: 0.5, duplicate: 0, jitterMs: 0 };
    const { line: lossy, delivered } = line(faults, 0.4);
    lossy.send(Buffer.from("a"));
    faults.drop = 0.3;
    lossy.send(Buffer.from("b"));
    faults.duplicate = 0.5;
    lossy.send(Buffer.from("c"));
    assert.deepEqual(delivered, ["b", "c", "c"]);
  });

  it("delays, and forgets what is on its way when it closes", async () => {
    const { line: slow, delivered } = line({ drop: 0, duplicate: 0, jitterMs: 20 }, 0.5);
    slow.send(Buffer.from("a"));
    assert.deepEqual(delivered, []);
    await new Promise((resolve) => setTimeout(resolve, 40));
    assert.deepEqual(delivered, ["a"]);
    slow.send(Buffer.from("b"));
    slow.close();
    await new Promise((resolve) => setTimeout(resolve, 40));
    assert.deepEqual(delivered, ["a"]);
  });
});
