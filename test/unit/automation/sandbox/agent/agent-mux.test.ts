import assert from "node:assert/strict";
import { Duplex, PassThrough } from "node:stream";
import { AgentMux } from "../../../../../automation/sandbox/agent/agent-mux";
import {
  SmuxDecoder,
  encodeSmux,
  encodeSmuxData,
  type SmuxEvent,
} from "../../../../../automation/tunnel/wire/smux-frame";

const turns = async (count = 5): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A destination: what was written to it, and a way to say something. */
class Target extends Duplex {
  readonly got: string[] = [];
  stuck = false;
  override _read(): void {}
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.got.push(String(chunk));
    if (!this.stuck) done();
  }
}

function bench() {
  const decoder = new SmuxDecoder();
  const events: SmuxEvent[] = [];
  const log: string[] = [];
  const dials: { resolve: (target: Duplex) => void; reject: (error: Error) => void }[] = [];
  const state = { room: true };
  const mux = new AgentMux({
    dial: () => new Promise((resolve, reject) => dials.push({ resolve, reject })),
    write: (bytes) => {
      events.push(...decoder.push(bytes).events);
      return state.room;
    },
    dialFailed: () => log.push("dial failed"),
    hold: (on) => log.push(on ? "hold" : "go on"),
  });
  return { mux, events, log, dials, state };
}

const data = (streamId: number, text: string | Buffer): Buffer =>
  Buffer.concat(encodeSmuxData(streamId, Buffer.from(text)));

describe("agent mux", () => {
  it("dials on SYN, keeps data until connected, then joins both ways; success is silent", async () => {
    const { mux, events, dials } = bench();
    mux.receive(Buffer.concat([encodeSmux("syn", 3), data(3, "early")]));
    await turns();
    const target = new Target();
    dials[0]?.resolve(target);
    await turns();
    mux.receive(data(3, "late"));
    assert.deepEqual([target.got, events], [["early", "late"], []]);
    target.push("reply");
    await turns();
    assert.deepEqual(events, [{ kind: "data", streamId: 3, data: Buffer.from("reply") }]);
    mux.close();
    assert.equal(target.destroyed, true);
  });

  it("matrix 29: a failed dial is the flag, then FIN", async () => {
    const { mux, events, log, dials } = bench();
    mux.receive(encodeSmux("syn", 3));
    await turns();
    dials[0]?.reject(new Error("refused"));
    await turns();
    assert.deepEqual([log, events, mux.openStreams], [["dial failed"], [{ kind: "fin", streamId: 3 }], 0]);
  });

  it("matrix 30: dials one after the other", async () => {
    const { mux, dials } = bench();
    mux.receive(Buffer.concat([encodeSmux("syn", 3), encodeSmux("syn", 5)]));
    await turns();
    assert.equal(dials.length, 1);
    dials[0]?.resolve(new Target());
    await turns();
    assert.equal(dials.length, 2);
    dials[1]?.resolve(new Target());
    await turns();
    mux.close();
  });

  it("matrix 28: the client's FIN writes out what came before and closes the destination", async () => {
    const { mux, events, dials } = bench();
    mux.receive(Buffer.concat([encodeSmux("syn", 3), data(3, "last"), encodeSmux("fin", 3)]));
    await turns();
    const target = new Target();
    dials[0]?.resolve(target);
    await turns();
    assert.deepEqual([target.got, target.destroyed, events], [["last"], true, [{ kind: "fin", streamId: 3 }]]);
  });

  it("matrix 28: the destination's end or failure is FIN", async () => {
    for (const finish of [
      (target: Target) => target.push(null),
      (target: Target) => target.destroy(new Error("reset")),
    ]) {
      const { mux, events, dials } = bench();
      mux.receive(encodeSmux("syn", 3));
      await turns();
      const target = new Target();
      dials[0]?.resolve(target);
      await turns();
      finish(target);
      await turns();
      assert.deepEqual([events, mux.openStreams, target.destroyed], [[{ kind: "fin", streamId: 3 }], 0, true]);
    }
  });

  it("matrix 23: ignores unknown streams and second SYNs, answers a broken byte stream", async () => {
    const { mux, dials } = bench();
    assert.equal(
      mux.receive(
        Buffer.concat([
          data(9, "x"),
          encodeSmux("fin", 9),
          encodeSmux("nop", 0),
          encodeSmux("syn", 3),
          encodeSmux("syn", 3),
        ]),
      ),
      undefined,
    );
    await turns();
    assert.equal(dials.length, 1);
    assert.equal(mux.receive(Buffer.from("0900000000000000", "hex")), "version");
    mux.close();
  });

  it("matrix 31: holds the client when destinations do not read, and goes on when they do", async () => {
    const { mux, log, dials } = bench();
    mux.receive(encodeSmux("syn", 3));
    await turns();
    const target = new PassThrough();
    dials[0]?.resolve(target);
    await turns();
    const echo: Buffer[] = [];
    target.pause();
    for (let turn = 0; turn < 70; turn++) mux.receive(data(3, Buffer.alloc(65_535)));
    assert.deepEqual(log, ["hold"]);
    target.on("data", (piece: Buffer) => echo.push(piece));
    target.resume();
    await turns(200);
    assert.deepEqual(log, ["hold", "go on"]);
    mux.close();
  });

  it("stops reading destinations while the uplink is full", async () => {
    const { mux, state, dials } = bench();
    mux.receive(encodeSmux("syn", 3));
    await turns();
    const target = new Target();
    dials[0]?.resolve(target);
    await turns();
    state.room = false;
    target.push("a");
    await turns();
    assert.equal(target.isPaused(), true);
    mux.drained();
    assert.equal(target.isPaused(), false);
    mux.close();
  });

  it("matrix 22: frames cut at every byte, or many in one message, are the same frames", async () => {
    const bytes = Buffer.concat([encodeSmux("syn", 3), data(3, "hello"), encodeSmux("nop", 0), data(3, "world")]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { mux, dials } = bench();
      mux.receive(bytes.subarray(0, cut));
      mux.receive(bytes.subarray(cut));
      await turns(1);
      const target = new Target();
      dials[0]?.resolve(target);
      await turns(2);
      assert.equal(target.got.join(""), "helloworld", `cut at ${cut}`);
      mux.close();
    }
  });

  it("matrix 23: version 2, commands 4 and 9 and a length without data are the end; a frame of 65,535 bytes is not", async () => {
    for (const [hex, problem] of [
      ["0200000003000000", "version"],
      ["0104000003000000", "command"],
      ["0109000003000000", "command"],
      ["0100010003000000", "length"],
    ] as const) {
      const { mux } = bench();
      assert.equal(mux.receive(Buffer.from(hex, "hex")), problem);
    }
    const { mux, dials } = bench();
    assert.equal(
      mux.receive(Buffer.concat([encodeSmux("syn", 3), data(3, Buffer.alloc(65_535)), data(3, "")])),
      undefined,
    );
    await turns();
    const target = new Target();
    dials[0]?.resolve(target);
    await turns();
    assert.equal(target.got.join("").length, 65_535);
    mux.close();
  });

  it("matrix 27: 5,000 streams one after the other leave nothing behind", async () => {
    const { mux, events, dials } = bench();
    for (let id = 3; id < 10_003; id += 2) {
      mux.receive(Buffer.concat([encodeSmux("syn", id), encodeSmux("fin", id)]));
      await new Promise((resolve) => setImmediate(resolve));
      dials.pop()?.resolve(new Target());
      await new Promise((resolve) => setImmediate(resolve));
    }
    await turns();
    assert.equal(mux.openStreams, 0);
    assert.deepEqual(
      events.map(({ kind, streamId }) => `${kind} ${streamId}`),
      Array.from({ length: 5_000 }, (_, at) => `fin ${3 + 2 * at}`),
    );
  });

  it("matrix 28: a probe, SYN and FIN at once, is one dial and a FIN", async () => {
    const { mux, events, log, dials } = bench();
    mux.receive(Buffer.concat([encodeSmux("syn", 3), encodeSmux("fin", 3)]));
    await turns();
    assert.deepEqual([dials.length, events], [1, []]);
    dials[0]?.reject(new Error("refused"));
    await turns();
    assert.deepEqual([log, events], [["dial failed"], [{ kind: "fin", streamId: 3 }]]);
  });

  it("matrix 28: what comes after a FIN is thrown away, and an id may not be used again while it is open", async () => {
    const { mux, dials } = bench();
    mux.receive(Buffer.concat([encodeSmux("syn", 3), data(3, "a"), encodeSmux("fin", 3), data(3, "late")]));
    await turns();
    const target = new Target();
    dials[0]?.resolve(target);
    await turns();
    assert.deepEqual([target.got, mux.openStreams], [["a"], 0]);
  });

  it("matrix 30: above 1,024 streams that are not dialled it reads nothing more, until they are fewer", async () => {
    const { mux, log, dials } = bench();
    const syns = Array.from({ length: 1_025 }, (_, at) => encodeSmux("syn", 3 + 2 * at));
    mux.receive(Buffer.concat(syns.slice(0, 1_024)));
    assert.deepEqual([log, mux.full], [[], false]);
    mux.receive(syns[1_024] ?? Buffer.alloc(0));
    assert.deepEqual([log, mux.full], [["hold"], true]);
    for (let dialled = 0; dialled < 600; dialled++) {
      await turns(1);
      dials.shift()?.reject(new Error("refused"));
    }
    await turns();
    assert.deepEqual([log.filter((line) => line !== "dial failed"), mux.full], [["hold", "go on"], false]);
    mux.close();
  });

  it("closed takes nothing more", async () => {
    const { mux, dials } = bench();
    mux.close();
    assert.equal(mux.receive(encodeSmux("syn", 3)), undefined);
    await turns();
    assert.deepEqual([mux.openStreams, dials.length], [0, 0]);
  });
});
