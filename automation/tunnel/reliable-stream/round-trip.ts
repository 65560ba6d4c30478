/** What is known of the link's round-trip time; milliseconds. */
export interface RoundTrip {
  /** 0: nothing is known yet. */
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

/**
 * Before the first sample. The reference endpoints start at 100 ms ± 0 and 200 ms, and so resend everything at first on a link that
 * is slower than that.
 */
export function initialRoundTrip(bounds: RtoBounds): RoundTrip {
  return { rtt: 0, variation: 0, rto: bounds.initialRtoMs };
}

/**
 * One more sample (never of a resent message: which copy was acknowledged is not known). The first one is taken as it is, with half of
 * it as variation (RFC 6298, section 2.2); then gains 1/8 and 1/4, the variation with the old mean (session-manager-plugin,
 * `src/datachannel/streaming.go`). The floor is ours: without it fast links resend for nothing.
 *
 * @example sampleRoundTrip({ rtt: 100, variation: 0, rto: 200 }, 20, bounds) // { rtt: 90, variation: 20, rto: 200 }
 */
export function sampleRoundTrip(known: RoundTrip, sampleMs: number, bounds: RtoBounds): RoundTrip {
  const first = known.rtt === 0;
  const variation = first ? sampleMs / 2 : 0.75 * known.variation + 0.25 * Math.abs(known.rtt - sampleMs);
  const rtt = first ? sampleMs : 0.875 * known.rtt + 0.125 * sampleMs;
  const rto = rtt + Math.max(GRANULARITY_MS, 4 * variation);
  return { rtt, variation, rto: Math.min(bounds.maxRtoMs, Math.max(bounds.minRtoMs, rto)) };
}

/** How long to wait before resend number `resends` + 1 of one message. */
export function resendDelay(rto: number, resends: number, bounds: RtoBounds): number {
  return Math.min(bounds.maxRtoMs, rto * BACK_OFF ** resends);
}
