import assert from "node:assert/strict";
import { Watchdog } from "../../../../../automation/tunnel/mux/watchdog";

const LIMITS = { watchdogMs: 45_000, watchdogAnswerMs: 150_000 };

describe("watchdog of the agent's mux", () => {
  it("matrix 36: asks when streams wait for any sign for 45 s, and knows death when a delivered question stays unanswered", () => {
    const dog = new Watchdog(LIMITS);
    dog.said(1_000);
    dog.said(20_000);
    assert.equal(dog.judge(45_999, true, true), "fine");
    assert.equal(dog.judge(46_000, true, true), "ask");
    assert.equal(dog.judge(195_999, true, true), "fine");
    assert.equal(dog.judge(196_000, true, true), "dead");
  });

  it("an answer is life; the same long query is not asked about again soon", () => {
    const dog = new Watchdog(LIMITS);
    dog.said(0);
    assert.equal(dog.judge(45_000, true, true), "ask");
    dog.heard();
    dog.said(50_000);
    assert.equal(dog.judge(400_000, true, true), "fine");
    assert.equal(dog.judge(495_000, true, true), "ask");
  });

  it("matrix 31: asks nothing while the agent does not take what is sent, and then its patience does not run", () => {
    const dog = new Watchdog(LIMITS);
    dog.said(0);
    assert.equal(dog.judge(60_000, true, false), "fine");
    assert.equal(dog.judge(61_000, true, true), "ask");
    assert.equal(dog.judge(300_000, true, false), "fine");
    assert.equal(dog.judge(449_999, true, true), "fine");
    assert.equal(dog.judge(450_000, true, true), "dead");
  });

  it("asks nothing without streams, without anything said, or for time that nobody lived through", () => {
    const dog = new Watchdog(LIMITS);
    assert.equal(dog.judge(1_000_000, true, true), "fine");
    dog.said(0);
    assert.equal(dog.judge(100_000, false, true), "fine");
    dog.skip(3_600_000);
    assert.equal(dog.judge(3_600_000, true, true), "fine");
    assert.equal(dog.judge(3_645_000, true, true), "ask");
    dog.skip(3_600_000);
    assert.equal(dog.judge(7_300_000, true, true), "fine");
  });
});
