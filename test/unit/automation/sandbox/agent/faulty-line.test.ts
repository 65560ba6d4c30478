import assert from "node:assert/strict";
import { FaultyLine } from "../../../../../automation/sandbox/agent/faulty-line";
import { lineFaults, type LineFaults } from "../../../../../automation/sandbox/agent/agent-knobs";
import { decodeMessage, encodeMessage } from "../../../../../automation/tunnel/wire/agent-message";
import { randomUuid } from "../../../../../automation/tunnel/wire/uuid";

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
      lineFaults(),
      () => assert.fail("dice"),
      (frame) => delivered.push(String(frame)),
    );
    sound.send(Buffer.from("a"));
    assert.deepEqual(delivered, ["a"]);
  });

  it("drops and doubles at its rates, which may change while it runs", () => {
    const faults = lineFaults({ drop: 0.5 });
    const { line: lossy, delivered } = line(faults, 0.4);
    lossy.send(Buffer.from("a"));
    faults.drop = 0.3;
    lossy.send(Buffer.from("b"));
    faults.duplicate = 0.5;
    lossy.send(Buffer.from("c"));
    assert.deepEqual(delivered, ["b", "c", "c"]);
  });

  it("spoils one byte of a copy, never to what it was", () => {
    for (const chance of [0, 0.3, 0.9]) {
      const { line: bad, delivered } = line(lineFaults({ corrupt: 1 }), chance);
      const frame = Buffer.from("abcd");
      bad.send(frame);
      assert.equal(frame.toString(), "abcd");
      assert.equal([...(delivered[0] ?? "")].filter((letter, at) => letter !== "abcd"[at]).length, 1);
    }
    const { line: bad, delivered } = line(lineFaults({ corrupt: 1 }));
    bad.send(Buffer.alloc(0));
    assert.deepEqual(delivered, [""]);
  });

  it("spoils of a message what its digest covers: a spoilt sequence number nobody could notice", () => {
    for (let chance = 0; chance < 1; chance += 0.01) {
      const bytes = Buffer.alloc(4, Math.floor(chance * 256));
      const delivered: Buffer[] = [];
      const bad = new FaultyLine(
        lineFaults({ corrupt: 1 }),
        () => bytes,
        (frame) => delivered.push(frame),
      );
      bad.send(
        encodeMessage({
          id: randomUuid(() => Buffer.alloc(16, 7)),
          createdDate: 1,
          type: "input_stream_data",
          sequence: 5,
          flags: 0,
          payloadType: 1,
          payload: Buffer.from("abcd"),
        }),
      );
      assert.deepEqual(delivered.map(decodeMessage), [{ ok: false, rejection: "digest" }]);
    }
  });

  it("lets the next frame overtake, and lets none wait for ever", async () => {
    const faults = lineFaults({ reorder: 1 });
    const { line: swapping, delivered } = line(faults);
    swapping.send(Buffer.from("a"));
    assert.deepEqual(delivered, []);
    swapping.send(Buffer.from("b"));
    assert.deepEqual(delivered, ["b", "a"]);
    swapping.send(Buffer.from("c"));
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual(delivered, ["b", "a", "c"]);
  });

  it("delays every frame alike, in order", async () => {
    const { line: slow, delivered } = line(lineFaults({ delayMs: 15 }));
    for (const text of ["a", "b", "c"]) slow.send(Buffer.from(text));
    assert.deepEqual(delivered, []);
    await new Promise((resolve) => setTimeout(resolve, 40));
    assert.deepEqual(delivered, ["a", "b", "c"]);
  });

  it("delays, and forgets what is on its way when it closes", async () => {
    const { line: slow, delivered } = line(lineFaults({ jitterMs: 20 }), 0.5);
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
