/** What is known of the link's round-trip time; milliseconds. */
export interface RoundTrip {
  readonly rtt: number;
  readonly variation: number;
  /** Retransmission timeout. */
  readonly rto: number;
}

/** Bounds of the retransmission timeout; milliseconds. */
export interface RtoBounds {
  readonly initialRtoMs: number;
  readonly minRtoMs: number;
  readonly maxRtoMs: number;
}

const GRANULARITY_MS = 10;
const BACK_OFF = 1.5;

/** Before the first sample: 100 ms ± 0, as both reference endpoints start. */
export function initialRoundTrip(bounds: RtoBounds): RoundTrip {
  return { rtt: 100, variation: 0, rto: bounds.initialRtoMs };
}

/**
 * One more sample (never of a resent message: which copy was acknowledged is not known). Gains 1/8 and 1/4, the variation uses
 * the old mean (session-manager-plugin, `src/datachannel/streaming.go`); the floor is ours: without it fast links resend for nothing.
 *
 * @example sampleRoundTrip({ rtt: 100, variation: 0, rto: 200 }, 20, bounds) // { rtt: 90, variation: 20, rto: 200 }
 */
export function sampleRoundTrip(known: RoundTrip, sampleMs: number, bounds: RtoBounds): RoundTrip {
  const variation = 0.75 * known.variation + 0.25 * Math.abs(known.rtt - sampleMs);
  const rtt = 0.875 * known.rtt + 0.125 * sampleMs;
  const rto = rtt + Math.max(GRANULARITY_MS, 4 * variation);
  return { rtt, variation, rto: Math.min(bounds.maxRtoMs, Math.max(bounds.minRtoMs, rto)) };
}

/** How long to wait before resend number `resends` + 1 of one message. */
export function resendDelay(rto: number, resends: number, bounds: RtoBounds): number {
  return Math.min(bounds.maxRtoMs, rto * BACK_OFF ** resends);
}
