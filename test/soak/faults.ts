import { randomInt } from "node:crypto";
import { SallyportError } from "../../automation/core/errors";
import type { FarEnd } from "../support/far-end";

/** The near end's part in faults: a network that is gone, and a machine that slept. */
export interface NearFaults {
  /** Every attempt to come back fails. */
  offline: boolean;
  /** Added to the clock, milliseconds. */
  sleptMs: number;
}

/** One kind of trouble. */
interface Trouble {
  readonly name: string;
  /** Streams may end by it, with an error. All others must not lose one. */
  readonly ends?: boolean;
  on(far: FarEnd, near: NearFaults): Promise<void>;
  off?(far: FarEnd, near: NearFaults): Promise<void>;
}

const line = (name: string, value: string): Trouble => ({
  name: `${name} ${value}`,
  on: (far) => far.fault(name, value),
  off: (far) => far.fault(name, "off"),
});
const once = (...words: string[]): Trouble => ({ name: words.join(" "), on: (far) => far.fault(...words) });

/**
 * The trouble of a soak. Corruption is left out: the agent does not look at digests, so what TLS of the socket lets through only TLS with
 * the database would catch. So is an agent's socket that is cut in the middle of a message: the agent then takes it twice.
 */
const TROUBLES: readonly Trouble[] = [
  line("drop", "5%"),
  line("duplicate", "10%"),
  line("reorder", "10%"),
  line("delay", "150ms"),
  line("jitter", "60ms"),
  line("silent-gateway", "on"),
  line("silent-agent", "on"),
  once("close", "1000"),
  once("close", "1001"),
  once("close", "1006"),
  once("close", "1011"),
  once("agent-reconnect", "bye"),
  { name: "pause", on: (far) => far.fault("pause"), off: (far) => far.fault("start") },
  {
    name: "network gone",
    on: async (far, near) => {
      near.offline = true;
      await far.fault("close", "1006");
    },
    off: async (_far, near) => void (near.offline = false),
  },
  { name: "sleep of an hour", on: async (_far, near) => void (near.sleptMs += 3_600_000) },
  { name: "agent restart", ends: true, on: (far) => far.fault("agent-restart") },
  { name: "fail-over", ends: true, on: (far) => far.fault("fail-over") },
];

/** Makes trouble until the soak ends; answers how often of each kind. */
export async function makeTrouble(far: FarEnd, near: NearFaults, stop: AbortSignal, ends: () => void) {
  const counts: Record<string, number> = {};
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      stop.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  while (!stop.aborted) {
    await pause(randomInt(1_000, 4_000));
    if (stop.aborted) break;
    // Ends of streams are rare: most of the time none may be lost.
    const rare = randomInt(10) === 0;
    const kinds = TROUBLES.filter((trouble) => (trouble.ends ?? false) === rare);
    const trouble = kinds[randomInt(kinds.length)];
    if (!trouble) continue;
    counts[trouble.name] = (counts[trouble.name] ?? 0) + 1;
    if (trouble.ends) ends();
    await trouble.on(far, near);
    await pause(randomInt(500, 5_000));
    await trouble.off?.(far, near);
  }
  return counts;
}

/** What resuming or opening says while the network is gone. */
export function offlineError(): SallyportError {
  return new SallyportError("AWS_UNREACHABLE", { message: "The network is gone (a fault of the soak)." });
}
