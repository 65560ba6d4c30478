import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import fc from "fast-check";
import type WebSocket from "ws";
import { realAgentKnobs } from "../../../../../automation/sandbox/agent/agent-knobs";
import { ClientLine } from "../../../../../automation/sandbox/agent/client-line";
import { encodeOpenDataChannel } from "../../../../../automation/tunnel/wire/open-data-channel";
import { FUZZ_LIMIT_MS, FUZZ_RUNS } from "../../../../support/fuzz-runs";

const TOKEN = "right";

/** What a server's WebSocket does here, without a network: remembers what it was told. */
class Socket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  readonly bufferedAmount = 0;
  readonly sent: Buffer[] = [];
  readonly closes: unknown[][] = [];
  send(frame: Buffer): void {
    this.sent.push(frame);
  }
  close(...args: unknown[]): void {
    this.readyState = 2;
    this.closes.push(args);
  }
  pause(): void {}
  resume(): void {}
  pong(): void {}
  terminate(): void {
    this.readyState = 3;
    this.emit("close");
  }
}

const valid = fc
  .constantFrom(TOKEN, "wrong", "", "right ", "Right")
  .map((tokenValue) =>
    encodeOpenDataChannel({ requestId: "r", tokenValue, clientId: "c", clientVersion: "1.2.835.0" }),
  );
const odd = fc.oneof(
  fc.json(),
  fc.string(),
  fc
    .record({ TokenValue: fc.anything() })
    .map((value) => JSON.stringify(value, (_name, one: unknown) => (typeof one === "bigint" ? 1 : one))),
  fc.nat(2_000).map((depth) => "[".repeat(depth)),
  fc.tuple(valid, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
  fc
    .tuple(valid, fc.nat(), fc.string())
    .map(([text, at, more]) => text.slice(0, at % text.length) + more + text.slice(at % text.length)),
);
const frame = fc.oneof(
  fc.oneof(valid, odd).map((text) => ({ data: Buffer.from(text), isBinary: false })),
  fc
    .oneof(
      valid.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
    )
    .map((data) => ({ data, isBinary: true })),
);

describe("fuzzing the gateway's first frame", () => {
  it("matrix 9: the first frame alone decides: the right token in text opens, all else is 1003, and nothing later helps", () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 6 }), (frames) => {
        const socket = new Socket();
        const seen = { asked: [] as string[], attached: 0, frames: 0, detached: 0 };
        const line = new ClientLine(socket as unknown as WebSocket, {
          sessionId: "jane@example.com-0123456789abcdef0",
          knobs: realAgentKnobs(),
          open: (token) => seen.asked.push(token) > 0 && token === TOKEN,
          attached: () => (seen.attached += 1),
          frame: () => (seen.frames += 1),
          detached: () => (seen.detached += 1),
          wall: () => 1,
          randomBytes: (size) => Buffer.alloc(size),
        });
        for (const { data, isBinary } of frames) socket.emit("message", data, isBinary);
        line.tick();
        const [first, ...later] = frames;
        const opens = first?.isBinary === false && tokenIn(first.data) === TOKEN;
        assert.equal(seen.attached, opens ? 1 : 0);
        assert.ok(seen.asked.length <= 1);
        assert.equal(seen.frames, opens ? later.filter(({ isBinary }) => isBinary).length : 0);
        if (opens) assert.equal(socket.sent.length, 1);
        else {
          assert.deepEqual([socket.closes.length, socket.closes[0]?.[0], socket.sent.length], [1, 1003, 0]);
          assert.ok(Buffer.byteLength(String(socket.closes[0]?.[1])) <= 123);
        }
        socket.terminate();
        assert.equal(seen.detached, opens ? 1 : 0);
      }),
      { numRuns: FUZZ_RUNS },
    );
  }).timeout(FUZZ_LIMIT_MS);
});

function tokenIn(data: Buffer): unknown {
  try {
    return (JSON.parse(data.toString()) as Record<string, unknown> | null)?.["TokenValue"];
  } catch {
    return undefined;
  }
}
