import { randomBytes } from "node:crypto";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { realAgentKnobs, type AgentKnobs } from "../../automation/sandbox/agent/agent-knobs";
import { AgentLink } from "../../automation/sandbox/agent/agent-link";
import { Uplink } from "../../automation/sandbox/agent/uplink";
import { readFault } from "../../automation/sandbox/faults/faults";
import { PAYLOAD_TYPES } from "../../automation/tunnel/wire/message-types";
import { gatewayWorld, type GatewayWorld } from "./gateway-world";
import { patternAt } from "./pattern";

// The far end of a benchmark or a soak, in a process of its own: gateway, agent and destination. The destination obeys its first nine
// bytes: `U` + u64 takes so many bytes and answers one; `D` + u64 sends so many, by the pattern; `E` echoes.

function obey(socket: Socket): void {
  socket.setNoDelay(true);
  let head = Buffer.alloc(0);
  const onHead = (piece: Buffer): void => {
    head = Buffer.concat([head, piece]);
    if (head.length < 9) return;
    socket.off("data", onHead);
    const size = Number(head.readBigUInt64BE(1));
    const rest = head.subarray(9);
    if (head[0] === 0x55) take(socket, size, rest);
    else if (head[0] === 0x44) send(socket, size);
    else {
      socket.write(rest);
      socket.pipe(socket);
    }
  };
  socket.on("data", onHead);
}

function take(socket: Socket, size: number, first: Buffer): void {
  let left = size - first.length;
  const done = (): void => void socket.write("k");
  if (left <= 0) return done();
  socket.on("data", (piece: Buffer) => {
    left -= piece.length;
    if (left === 0) done();
  });
}

function send(socket: Socket, size: number): void {
  let at = 0;
  const more = (): void => {
    while (at < size && !socket.destroyed) {
      const piece = patternAt(at, Math.min(64 * 1024, size - at));
      at += piece.length;
      if (!socket.write(piece)) return void socket.once("drain", more);
    }
  };
  more();
}

/** What the agent's own loop allows on this machine now, its messages made and sent nowhere: bytes a second. */
function ceiling(): Promise<number> {
  const { payloadBytes, paceMs } = realAgentKnobs();
  let sent = 0;
  const link = new AgentLink({
    transmit: () => undefined,
    deliver: () => true,
    acknowledged: () => undefined,
    lost: () => undefined,
    wall: () => Date.now(),
    randomBytes,
    resendPerTick: () => 1,
  });
  const uplink = new Uplink({
    payloadBytes: () => payloadBytes,
    paceMs: () => paceMs,
    ready: () => true,
    send: (payload) => {
      sent += payload.length;
      link.send(PAYLOAD_TYPES.output, payload);
    },
    drained: () => uplink.write(Buffer.alloc(256 * 1024)),
  });
  uplink.write(Buffer.alloc(512 * 1024));
  return new Promise((resolve) =>
    setTimeout(() => {
      uplink.close();
      resolve(sent / 3);
    }, 3_000),
  );
}

/** What the near end asks for. */
export type Order = { readonly id: number } & (
  | { readonly ask: "start" }
  | { readonly ask: "resume"; readonly sessionId: string }
  | { readonly ask: "knobs"; readonly knobs: Partial<AgentKnobs> }
  /** Words as of `sallyport sandbox fault`. */
  | { readonly ask: "fault"; readonly words: readonly string[] }
  | { readonly ask: "ceiling" }
);

async function answer(order: Order, world: GatewayWorld): Promise<unknown> {
  const { gateway, estate, knobs } = world;
  switch (order.ask) {
    case "start":
      return world.start();
    case "resume":
      return gateway.resume(order.sessionId);
    case "knobs":
      return Object.assign(knobs, order.knobs);
    case "ceiling":
      return ceiling();
    case "fault": {
      const [name = "", ...values] = order.words;
      if (name === "fail-over") return world.failOver();
      const change = readFault(name, values);
      if (typeof change !== "function") throw new Error(change.join("; "));
      return change({ estate, knobs, gateway: gateway.faults, failOver: () => world.failOver() });
    }
  }
}

void gatewayWorld({ serve: obey, speed: 1, knobs: { paceMs: 0 } }).then((world) => {
  process.on("message", (order: Order) => {
    void answer(order, world).then(
      (value) => process.send?.({ id: order.id, value }),
      (error: unknown) => process.send?.({ id: order.id, problem: String(error) }),
    );
  });
  process.on("disconnect", () => process.exit(0));
  // The same destination without a tunnel before it: what ratios compare with.
  const direct = createServer(obey).listen(0, "127.0.0.1", () => {
    process.send?.({ id: 0, value: { port: (direct.address() as AddressInfo).port } });
  });
});
