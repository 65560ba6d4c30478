/**
 * The sandbox's two clocks.
 * - wall: the machine's clock plus a knob; for signatures, tokens and expiries.
 * - work: AWS's own delays divided by `speed` (default 120, 1 = real). Asking never advances it.
 */
export interface Clocks {
  /** Wall time, milliseconds since the epoch. */
  wall(): number;
  /** Work time, milliseconds of *AWS's* time since the sandbox started. */
  work(): number;
  /** Real milliseconds that `workMs` of AWS's time take. */
  realDelay(workMs: number): number;
}

/** Knobs of the clocks; changed through the control API. */
export interface ClockKnobs {
  wallOffsetMs: number;
  speed: number;
}

/** Clocks over a source of real time (`now`, `monotonic`, both in milliseconds). */
export function makeClocks(knobs: ClockKnobs, now: () => number, monotonic: () => number): Clocks {
  let mark = monotonic();
  let gone = 0;
  let speed = knobs.speed;
  const advance = (): number => {
    const current = monotonic();
    gone += (current - mark) * speed;
    mark = current;
    speed = knobs.speed;
    return gone;
  };
  return {
    wall: () => now() + knobs.wallOffsetMs,
    work: advance,
    realDelay: (workMs) => workMs / knobs.speed,
  };
}
