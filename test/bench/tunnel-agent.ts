import { createServer, type AddressInfo, type Socket } from "node:net";
import { gatewayWorld } from "../support/gateway-world";
import type { AgentKnobs } from "../../automation/sandbox/agent/agent-knobs";

// The far end of the tunnel's benchmark, in a process of its own: gateway, agent and destination. The destination obeys its first
// nine bytes: `U` + u64 takes so many bytes and answers one; `D` + u64 sends so many; `E` echoes.
const BLOCK = Buffer.alloc(64 * 1024, 0x5a);

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
  let left = size;
  const more = (): void => {
    while (left > 0) {
      const piece = BLOCK.subarray(0, Math.min(BLOCK.length, left));
      left -= piece.length;
      if (!socket.write(piece)) return void socket.once("drain", more);
    }
  };
  more();
}

/** What the benchmark asks for. */
export type Order =
  | { readonly ask: "start"; readonly id: number }
  | { readonly ask: "knobs"; readonly id: number; readonly knobs: Partial<AgentKnobs> };

void gatewayWorld({ serve: obey, speed: 1, knobs: { paceMs: 0 } }).then((world) => {
  process.on("message", (order: Order) => {
    if (order.ask === "knobs") Object.assign(world.knobs, order.knobs);
    const answer = order.ask === "start" ? world.start() : {};
    process.send?.({ id: order.id, answer });
  });
  process.on("disconnect", () => process.exit(0));
  // The same destination without a tunnel before it: what the ratios compare with.
  const direct = createServer(obey).listen(0, "127.0.0.1", () => {
    process.send?.({ id: 0, answer: { port: (direct.address() as AddressInfo).port } });
  });
});
