/** One session of a pool, as far as choosing needs it. */
export interface SessionView {
  readonly id: number;
  /** Its socket is open and it may take streams. */
  readonly ready: boolean;
  /** It takes no new streams: its address is in doubt, or it is being left. */
  readonly retired: boolean;
  readonly streams: number;
  /** Data received in the last second, bytes. */
  readonly bytesPerSecond: number;
  /** Readers are behind, or nothing is acknowledged: a new stream would wait with the others. */
  readonly stuck: boolean;
  /** Since when it has no stream, milliseconds of the clock; undefined while it has some. */
  readonly idleSince: number | undefined;
}

/** Bounds of a pool. */
export interface PoolLimits {
  /** One session's download is limited by its agent to about 0.6 MB/s; more of them add up. */
  readonly maxSessions: number;
  /** Streams of a session at which another one is opened. */
  readonly streamsPerSession: number;
  /** Download of a session at which a new stream would starve beside it: about two thirds of what an agent sends. */
  readonly busyBytesPerSecond: number;
  /** A session beyond the first is left when it had no stream for so long. */
  readonly idleMs: number;
}

/** What a new stream does. */
export interface Placement {
  /** The session to use; undefined: wait until one is ready. */
  readonly use: number | undefined;
  /** Open another session. */
  readonly grow: boolean;
  /** `use` is full: another session that is ready soon is better. */
  readonly reluctant: boolean;
}

/**
 * Where a new stream goes: to the session with the least on it, never to one that is stuck if another is not. When even the best is full,
 * the pool grows, so that a big download does not starve what comes after it. `opening` sessions are on their way already.
 *
 * @example placeStream([], 0, limits) // { use: undefined, grow: true, reluctant: false }
 */
export function placeStream(sessions: readonly SessionView[], opening: number, limits: PoolLimits): Placement {
  const living = sessions.filter((session) => !session.retired);
  const usable = living.filter((session) => session.ready).sort(byBurden);
  const best = usable[0];
  const room = opening === 0 && living.length < limits.maxSessions;
  if (!best) return { use: undefined, grow: opening === 0 && living.length === 0, reluctant: false };
  const full =
    best.stuck || best.bytesPerSecond >= limits.busyBytesPerSecond || best.streams >= limits.streamsPerSession;
  return { use: best.id, grow: full && room, reluctant: full && (room || opening > 0) };
}

function byBurden(a: SessionView, b: SessionView): number {
  return (
    Number(a.stuck) - Number(b.stuck) || a.bytesPerSecond - b.bytesPerSecond || a.streams - b.streams || a.id - b.id
  );
}

/**
 * Which sessions to leave now: retired ones without streams at once, others beyond the last when they were idle for long enough; of
 * those first the ones whose line is lost, then the youngest.
 */
export function leavable(sessions: readonly SessionView[], now: number, limits: PoolLimits): number[] {
  const retired = sessions.filter((session) => session.retired && session.streams === 0);
  const living = sessions.filter((session) => !session.retired);
  const idle = living.filter(({ idleSince }) => idleSince !== undefined && now - idleSince >= limits.idleMs);
  // One stays, the oldest that is ready: a proxy keeps it for whoever comes next.
  const spare = Math.max(0, living.length - 1);
  const left = [...idle].sort((a, b) => Number(a.ready) - Number(b.ready) || b.id - a.id).slice(0, spare);
  return [...retired, ...left].map((session) => session.id);
}

/** How a stream ended, as far as it tells something about the address behind the session. */
export interface StreamEnd {
  readonly byPeer: boolean;
  /** The agent said since the stream began that it could not dial for one. */
  readonly dialFailed: boolean;
  readonly ageMs: number;
  readonly session: {
    readonly ageMs: number;
    /** Data has come over it: its address has been good. */
    readonly proven: boolean;
  };
}

/** Longer than a login that is refused. */
const ESTABLISHED_MS = 3_000;
/** So long after a session began, its look-up counts as recent. */
const FRESH_MS = 5_000;

/**
 * Whether the end of a stream puts the session's address in doubt. The agent looks a name up once, when its session begins: after a
 * fail-over the session leads to the old writer, which has just cut everybody off. A server that ends an established connection
 * first is that sign, and so is an address that was good and cannot be dialled. One that was never good and was just looked up says
 * that the database is down: another session would not help.
 *
 * @example doubtful({ byPeer: true, dialFailed: false, ageMs: 60_000, session: { ageMs: 60_000, proven: true } }) // true
 */
export function doubtful({ byPeer, dialFailed, ageMs, session }: StreamEnd): boolean {
  if (!byPeer) return false;
  return dialFailed ? session.proven || session.ageMs >= FRESH_MS : ageMs >= ESTABLISHED_MS;
}
