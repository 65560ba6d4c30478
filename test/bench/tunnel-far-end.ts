import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { systemClock } from "../../automation/core/clock";
import type { AgentKnobs } from "../../automation/sandbox/agent/agent-knobs";
import { openTunnel, type ChannelAccess, type Tunnel, type TunnelOptions } from "../../automation/tunnel/tunnel";

/** The process with gateway, agent and destination, and tunnels to it. */
export interface FarEnd {
  /** Of the destination, reached without a tunnel. */
  readonly directPort: number;
  tunnel(more?: Partial<TunnelOptions>): Promise<Tunnel>;
  knobs(knobs: Partial<AgentKnobs>): Promise<void>;
  close(): void;
}

type Answer = ChannelAccess & { readonly sessionId: string; readonly port: number };

/** Starts it. */
export async function startFarEnd(): Promise<FarEnd> {
  const child: ChildProcess = fork(path.join(__dirname, "tunnel-agent.ts"), {
    execArgv: ["-r", "ts-node/register/transpile-only"],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  child.on("message", ({ id, answer }: { id: number; answer: Answer }) => waiting.get(id)?.(answer));
  const { port } = await new Promise<Answer>((resolve, reject) => {
    waiting.set(0, resolve);
    child.on("exit", (code) => reject(new Error(`the far end ended with ${code}`)));
  });
  const ask = (order: object): Promise<Answer> =>
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      child.send({ ...order, id: last });
    });
  return {
    directPort: port,
    knobs: async (knobs) => void (await ask({ ask: "knobs", knobs })),
    tunnel: async (more = {}) => {
      const session = await ask({ ask: "start" });
      return openTunnel({
        ...session,
        sign: async () => ({ authorization: "AWS4-HMAC-SHA256 bench" }),
        clock: systemClock,
        randomBytes,
        connectTimeoutMs: 10_000,
        ...more,
      });
    },
    close: () => child.disconnect(),
  };
}
