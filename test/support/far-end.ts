import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { systemClock } from "../../automation/core/clock";
import type { AgentKnobs } from "../../automation/sandbox/agent/agent-knobs";
import { openTunnel, type ChannelAccess, type Tunnel, type TunnelOptions } from "../../automation/tunnel/tunnel";

/** A process with gateway, agent and destination, and tunnels to it. */
export interface FarEnd {
  /** Of the destination, reached without a tunnel. */
  readonly directPort: number;
  /** `guardResume` answers why resuming fails now, if it does. */
  tunnel(more?: Partial<TunnelOptions> & { readonly guardResume?: () => Error | undefined }): Promise<Tunnel>;
  knobs(knobs: Partial<AgentKnobs>): Promise<void>;
  /** A fault in the words of `sallyport sandbox fault`. */
  fault(...words: string[]): Promise<void>;
  /** What the real agent's chunks and pauses allow on this machine, bytes a second; measured for three seconds. */
  ceiling(): Promise<number>;
  /** A started session, for a client other than ours. */
  session(): Promise<ChannelAccess & { readonly sessionId: string }>;
  close(): void;
}

/** Starts it. */
export async function startFarEnd(): Promise<FarEnd> {
  const child = fork(path.join(__dirname, "far-end-process.ts"), {
    execArgv: ["-r", "ts-node/register/transpile-only"],
  });
  const waiting = new Map<number, { done: (value: unknown) => void; failed: (error: Error) => void }>();
  let last = 0;
  child.on("message", ({ id, value, problem }: { id: number; value?: unknown; problem?: string }) => {
    if (problem === undefined) waiting.get(id)?.done(value);
    else waiting.get(id)?.failed(new Error(problem));
    waiting.delete(id);
  });
  const expect = <T>(id: number): Promise<T> =>
    new Promise<T>((done, failed) => waiting.set(id, { done: done as (value: unknown) => void, failed }));
  const ask = <T>(order: object): Promise<T> => {
    const answer = expect<T>(++last);
    child.send({ ...order, id: last });
    return answer;
  };
  child.on("exit", (code) => {
    for (const { failed } of waiting.values()) failed(new Error(`the far end ended with ${code}`));
  });
  const { port } = await expect<{ port: number }>(0);
  return {
    directPort: port,
    knobs: async (knobs) => void (await ask({ ask: "knobs", knobs })),
    fault: async (...words) => void (await ask({ ask: "fault", words })),
    ceiling: () => ask({ ask: "ceiling" }),
    session: () => ask({ ask: "start" }),
    tunnel: async ({ guardResume, ...more } = {}) => {
      const session = await ask<ChannelAccess & { sessionId: string }>({ ask: "start" });
      return openTunnel({
        ...session,
        resume: async () => {
          const problem = guardResume?.();
          if (problem) throw problem;
          return ask({ ask: "resume", sessionId: session.sessionId });
        },
        sign: async () => ({ authorization: "AWS4-HMAC-SHA256 far" }),
        clock: systemClock,
        randomBytes,
        connectTimeoutMs: 10_000,
        ...more,
      });
    },
    close: () => child.disconnect(),
  };
}
