import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { SallyportError } from "../../../../../automation/core/errors";
import { WaitingLine } from "../../../../../automation/tunnel/pool/waiting-line";
import { FakeClock } from "../../../../support/fake-clock";

describe("waiting line", () => {
  const bench = (maxWaiting = 2) => {
    const clock = new FakeClock();
    return { clock, line: new WaitingLine<string>(clock, { maxWaiting }) };
  };
  const tooLate = (): SallyportError => new SallyportError("TUNNEL_TIMEOUT", { message: "Nothing came." });

  it("serves everybody who waits, and nobody who comes later", async () => {
    const { line, clock } = bench();
    const both = [line.join(1_000, undefined, tooLate), line.join(1_000, undefined, tooLate)];
    line.serve("here");
    assert.deepEqual(await Promise.all(both), ["here", "here"]);
    assert.equal(line.length, 0);
    const late = assert.rejects(line.join(1_000, undefined, tooLate), {
      code: "TUNNEL_TIMEOUT",
      message: "Nothing came.",
    });
    await clock.advance(1_000);
    await late;
  });

  it("each has its own patience, and says what it waited for", async () => {
    const { line, clock } = bench();
    const words = new SallyportError("TUNNEL_TIMEOUT", { message: "No tunnel: no network." });
    const short = assert.rejects(
      line.join(1_000, undefined, () => words),
      words,
    );
    const long = line.join(5_000, undefined, tooLate);
    await clock.advance(1_000);
    await short;
    assert.equal(line.length, 1);
    line.serve("here");
    assert.equal(await long, "here");
  });

  it("leaves nothing behind on a signal that lives on", async () => {
    const { line } = bench();
    const { signal } = new AbortController();
    const waiting = line.join(1_000, signal, tooLate);
    line.serve("here");
    await waiting;
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });

  it("is bounded: one too many is TUNNEL_BUSY", async () => {
    const { line } = bench(1);
    const first = line.join(1_000, undefined, tooLate);
    await assert.rejects(line.join(1_000, undefined, tooLate), {
      code: "TUNNEL_BUSY",
      message: "1 connections wait for the tunnel already.",
    });
    line.serve("here");
    await first;
  });

  it("an abort ends one wait with its reason; fail ends all", async () => {
    const { line } = bench();
    const stop = new AbortController();
    const aborted = assert.rejects(line.join(1_000, stop.signal, tooLate), { message: "Ctrl-C" });
    const failed = assert.rejects(line.join(1_000, undefined, tooLate), { message: "closed" });
    stop.abort(new Error("Ctrl-C"));
    await aborted;
    line.fail(new Error("closed"));
    await failed;
    await assert.rejects(line.join(1_000, AbortSignal.abort(new Error("before")), tooLate), { message: "before" });
  });
});
