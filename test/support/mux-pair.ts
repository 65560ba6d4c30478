import { MuxSession, type MuxLimits } from "../../automation/tunnel/mux/mux-session";
import { SmuxDecoder, type SmuxEvent } from "../../automation/tunnel/wire/smux-frame";
import { TUNNEL_LIMITS } from "../../automation/tunnel/limits";

/** A mux session without a line: what it sends is taken by hand, time is set by hand. */
export interface MuxBench {
  readonly session: MuxSession;
  readonly pressures: boolean[];
  now: number;
  /** Whether the agent has acknowledged everything. */
  delivered: boolean;
  /** Frames that the session has to send, decoded; data of at most `bytes`. */
  readonly sent: (bytes?: number) => SmuxEvent[];
}

export function muxBench(limits: Partial<MuxLimits> = {}): MuxBench {
  const decoder = new SmuxDecoder();
  const bench: MuxBench = {
    now: 0,
    delivered: true,
    pressures: [],
    session: undefined as unknown as MuxSession,
    sent: (bytes = 16 * 1024) => {
      const taken = bench.session.take(bytes);
      return taken ? [...decoder.push(taken).events] : [];
    },
  };
  const session = new MuxSession(
    { ...TUNNEL_LIMITS, ...limits },
    {
      now: () => bench.now,
      sendable: () => undefined,
      pressure: (on) => bench.pressures.push(on),
      delivered: () => bench.delivered,
    },
  );
  return Object.assign(bench, { session });
}
