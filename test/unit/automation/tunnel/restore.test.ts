import assert from "node:assert/strict";
import { once } from "node:events";
import { SallyportError } from "../../../../automation/core/errors";
import { restore, type RestoreOptions } from "../../../../automation/tunnel/restore";
import { TUNNEL_LIMITS } from "../../../../automation/tunnel/limits";
import type { TunnelEvent } from "../../../../automation/tunnel/tunnel";
import { FakeClock } from "../../../support/fake-clock";
import { scriptedAgent, type ScriptedAgent } from "../../../support/scripted-agent";

describe("restoring a session", () => {
  let agent: ScriptedAgent;
  beforeEach(async () => {
    agent = await scriptedAgent();
  });
  afterEach(() => agent.close());

  /** A restorer on a fake clock; `answers` are what ResumeSession says, one after the other, the last again and again. */
  function bench(answers: (() => Promise<{ tokenValue: string; streamUrl: string } | undefined>)[], more = {}) {
    const clock = new FakeClock();
    const events: TunnelEvent[] = [];
    const stop = new AbortController();
    const asked: number[] = [];
    const options: RestoreOptions = {
      resume: () => {
        asked.push(clock.now());
        return (answers[asked.length - 1] ?? answers.at(-1) ?? assert.fail())();
      },
      streamUrl: agent.url,
      sign: async () => ({}),
      clock,
      randomBytes: (size) => Buffer.alloc(size, 0xff),
      connectTimeoutMs: 5_000,
      limits: { ...TUNNEL_LIMITS, ...more },
      signal: stop.signal,
      report: (event) => events.push(event),
    };
    return { clock, events, asked, stop, options, run: () => restore(options) };
  }
  const fine = async () => ({ tokenValue: "fresh", streamUrl: agent.url });
  const fails = (code: SallyportError["code"], message: string) => () =>
    Promise.reject(new SallyportError(code, { message }));

  /** Moves time on until the work is done. */
  async function through<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
    let done = false;
    void work.then(
      () => (done = true),
      () => (done = true),
    );
    const isDone = (): boolean => done;
    while (!isDone()) {
      await clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return work;
  }

  it("matrix 35: five network errors, then it works: at once, then after 0.5, 1, 2, 4, 8 s at most", async () => {
    const no = fails("AWS_UNREACHABLE", "ssm:ResumeSession could not be reached: ENOTFOUND.");
    const { clock, run, asked, events } = bench([no, no, no, no, no, fine]);
    const { access, attempts, socket } = await through(clock, run());
    assert.deepEqual([access.tokenValue, attempts], ["fresh", 6]);
    assert.deepEqual(asked, [0, 500, 1_500, 3_500, 7_500, 15_500]);
    assert.deepEqual(events[0], {
      type: "waiting",
      for: "network",
      message: "ssm:ResumeSession could not be reached: ENOTFOUND.",
    });
    assert.equal(events.length, 5);
    socket.terminate();
  });

  it("matrix 35: the new address is used; an empty one means the old", async () => {
    const moved = `${agent.url}&cell-number=2`;
    for (const [answer, path] of [
      [moved, moved],
      ["", agent.url],
    ] as const) {
      const { run, clock } = bench([async () => ({ tokenValue: "fresh", streamUrl: answer })]);
      const { socket, access } = await through(clock, run());
      assert.equal(access.streamUrl, path);
      assert.ok(path.endsWith(agent.requests.at(-1)?.url ?? "?"));
      socket.terminate();
      await once(socket, "close");
    }
  });

  it("matrix 35: no session, and no token, are the end", async () => {
    for (const answer of [async () => undefined, async () => ({ tokenValue: "", streamUrl: agent.url })]) {
      const { run, clock } = bench([answer]);
      await assert.rejects(through(clock, run()), {
        code: "TUNNEL_CLOSED",
        message: "The session was idle or open for too long, or somebody ended it.",
        next: "run the same command again; a running sallyport proxy only needs a new connection",
      });
    }
  });

  it("matrix 35: a 403 is asked again, twice; then it is believed", async () => {
    const no = fails("AUTH_FORBIDDEN", "refused");
    const lucky = bench([no, fine]);
    (await through(lucky.clock, lucky.run())).socket.terminate();
    const refused = bench([no]);
    await assert.rejects(through(refused.clock, refused.run()), { code: "TUNNEL_CLOSED" });
    assert.equal(refused.asked.length, 3);
  });

  it("waits for a new sign-in, looks every 3 s, and goes on when it is there", async () => {
    const no = fails("AUTH_SIGN_IN_EXPIRED", "The sign-in has ended.");
    const { clock, run, asked, events } = bench([no, no, no, fine]);
    (await through(clock, run())).socket.terminate();
    assert.deepEqual(asked, [0, 3_000, 6_000, 9_000]);
    assert.deepEqual(events[0], { type: "waiting", for: "sign-in", message: "The sign-in has ended." });
  });

  it("gives up after its time, with the last failure", async () => {
    const { clock, run } = bench([fails("AWS_UNREACHABLE", "no network.")], { resumeMs: 120_000 });
    await assert.rejects(through(clock, run()), {
      code: "TUNNEL_CLOSED",
      message: "The session could not be resumed within 2 min: no network.",
    });
  });

  it("ends with the signal's reason", async () => {
    const { clock, run, stop } = bench([fails("AWS_UNREACHABLE", "no network.")]);
    const running = run();
    await clock.advance(100);
    stop.abort(new Error("closed"));
    await assert.rejects(through(clock, running), { message: "closed" });
  });
});
