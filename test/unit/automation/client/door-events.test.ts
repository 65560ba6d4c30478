import assert from "node:assert/strict";
import { doorProgress } from "../../../../automation/client/door-events";
import type { ProgressEvent } from "../../../../automation/core/events";
import type { DoorEvent } from "../../../../automation/door/open-door";

function said(...events: DoorEvent[]): ProgressEvent[] {
  const lines: ProgressEvent[] = [];
  const tell = doorProgress({ report: (event) => lines.push(event) });
  events.forEach((event) => tell(event));
  return lines;
}

describe("what a person hears of an open door", () => {
  const TABLE: [DoorEvent, string, boolean][] = [
    [
      { type: "suspended", message: "The data channel was closed (1006)." },
      "note lost for now, open connections wait: The data channel was closed (1006).",
      false,
    ],
    [{ type: "waiting", for: "network", message: "no route." }, "note waits for the network: no route.", false],
    [
      { type: "waiting", for: "sign-in", message: "Your sign-in ended 1 min ago." },
      "note waits for you to sign in again (sallyport login): Your sign-in ended 1 min ago.",
      false,
    ],
    [{ type: "restored", attempts: 3, afterMs: 12_300 }, "done back after 12 s; nothing was lost", false],
    [
      { type: "session-lost", session: 1, sessions: 0, message: "It was idle." },
      "note a session ended; the next connection opens another: It was idle.",
      false,
    ],
    [
      { type: "no-session", code: "AWS_UNREACHABLE", message: "no network" },
      "failed no session: AWS_UNREACHABLE no network",
      false,
    ],
    [{ type: "session-opened", session: 2, sessions: 2 }, "note 2 sessions", true],
    [{ type: "session-left", session: 2, sessions: 1, why: "idle" }, "note left a session (idle), 1 now", true],
    [{ type: "dial-failed" }, "note the bastion could not dial the database", true],
    [{ type: "paused" }, "note Session Manager holds data", true],
    [{ type: "resumed" }, "note Session Manager goes on", true],
    [
      { type: "handshake", agentVersion: "3", customerMessage: "Be nice" },
      "note message of your AWS account: Be nice",
      false,
    ],
  ];
  for (const [event, line, detail] of TABLE) {
    it(line, () => {
      const { type, ...data } = event;
      const [{ mark, text } = { mark: "", text: "" }] = said(event);
      assert.equal(`${mark} ${text}`, line);
      assert.deepEqual(said(event)[0], { type: `door.${type}`, stage: "Tunnel", mark, text, detail, data });
    });
  }

  it("is quiet where nothing is worth a line", () => {
    assert.deepEqual(
      said(
        { type: "connected" },
        { type: "session-opened", session: 1, sessions: 1 },
        { type: "ready" },
        { type: "closed", by: "us", message: "" },
        { type: "handshake", agentVersion: "3", customerMessage: "" },
      ),
      [],
    );
  });

  it("says the same wait once, however often it is tried, and again after something else", () => {
    const waiting: DoorEvent = { type: "waiting", for: "network", message: "no route." };
    const lines = said(waiting, waiting, waiting, { type: "restored", attempts: 3, afterMs: 1 }, waiting, waiting);
    assert.equal(lines.length, 3);
  });
});
