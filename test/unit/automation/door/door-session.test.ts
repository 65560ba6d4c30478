import assert from "node:assert/strict";
import { systemClock } from "../../../../automation/core/clock";
import { Redactor } from "../../../../automation/core/redactor";
import { openDoorSession } from "../../../../automation/door/door-session";
import { chooseTarget } from "../../../../automation/door/door-target";
import type { OpenDoorRequest } from "../../../../automation/door/open-door";
import type { DoorCalls } from "../../../../automation/door/resolve-door";
import type { TunnelOptions } from "../../../../automation/tunnel/tunnel";
import { doorCalls } from "../../../support/door-calls";
import { SMALL_DESCRIPTOR } from "../../../support/door-descriptor";
import { EXAMPLE_KEYS } from "../../../support/fake-aws";
import { fakeTunnel, type FakeTunnel } from "../../../support/fake-tunnel";

describe("a session through a door", () => {
  const redactor = new Redactor();
  let given: TunnelOptions | undefined;
  let tunnel: FakeTunnel;
  const request = (calls: DoorCalls): OpenDoorRequest => ({
    target: chooseTarget(SMALL_DESCRIPTOR, undefined).door,
    calls,
    openTunnel: async (options) => {
      given = options;
      return tunnel;
    },
    credentials: EXAMPLE_KEYS,
    authorities: [],
    clock: systemClock,
    randomBytes: (size) => Buffer.alloc(size),
    redactor,
    connectTimeoutMs: 5_000,
    applicationName: "test",
  });
  beforeEach(() => {
    tunnel = fakeTunnel();
  });

  it("hands the tunnel what resumes it, and keeps every token and address secret", async () => {
    const fresh = { sessionId: "jane-1", tokenValue: "second-token", streamUrl: "wss://b.example/2" };
    const asked: string[] = [];
    const resumeSession = async (id: string) => {
      asked.push(id);
      return fresh;
    };
    await openDoorSession(request(doorCalls({ ssm: { resumeSession } })), undefined, () => undefined);
    assert.deepEqual(await given?.resume?.(new AbortController().signal), fresh);
    assert.deepEqual(asked, ["jane-1"]);
    const words = "first-token wss://a.example/1 second-token wss://b.example/2";
    assert.equal(redactor.redact(words), "«redacted» «redacted» «redacted» «redacted»");
  });

  it("a session that is over answers so", async () => {
    await openDoorSession(request(doorCalls()), undefined, () => undefined);
    assert.equal(await given?.resume?.(new AbortController().signal), undefined);
  });

  it("ends the session once: when it is closed, or when its tunnel ends by itself", async () => {
    const closed = doorCalls();
    const session = await openDoorSession(request(closed), undefined, () => undefined);
    await session.tunnel.close();
    await session.tunnel.close();
    const started = "start i-1 sp-payments-dev-app-writer";
    assert.deepEqual(closed.said, [started, "end jane-1"]);
    const lost = doorCalls();
    tunnel = fakeTunnel();
    await openDoorSession(request(lost), undefined, () => undefined);
    tunnel.end("The network is gone.");
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(lost.said, [started, "end jane-1"]);
  });
});
