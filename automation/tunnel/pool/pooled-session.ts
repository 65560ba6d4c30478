import type { Tunnel } from "../tunnel";
import type { SessionView } from "./pool-plan";

/** Nothing acknowledged for so long: a new stream would wait with the others, milliseconds. */
const STUCK_MS = 3_000;

/** A session of a pool: its tunnel, and what was measured of it. */
export class PooledSession {
  /** It takes no new streams. */
  retired = false;
  private idleSince: number | undefined;
  private bytesPerSecond = 0;
  private measuredAt: number;
  private measuredBytes = 0;

  constructor(
    readonly id: number,
    readonly tunnel: Tunnel,
    readonly openedAt: number,
  ) {
    this.measuredAt = this.idleSince = openedAt;
  }

  /** To be called about every second. */
  measure(now: number): void {
    const { receivedBytes, streams } = this.tunnel.load;
    const seconds = (now - this.measuredAt) / 1000;
    if (seconds > 0) this.bytesPerSecond = (receivedBytes - this.measuredBytes) / seconds;
    this.measuredAt = now;
    this.measuredBytes = receivedBytes;
    this.idleSince = streams > 0 ? undefined : (this.idleSince ?? now);
  }

  view(now: number): SessionView {
    const { ready, streams, stalledMs, pressed, receivedBytes } = this.tunnel.load;
    // What came since the last measurement counts: a download may have begun just now.
    const since = Math.max(1, (now - this.measuredAt) / 1000);
    const lately = (receivedBytes - this.measuredBytes) / since;
    return {
      id: this.id,
      ready,
      retired: this.retired,
      streams,
      bytesPerSecond: Math.max(this.bytesPerSecond, lately),
      stuck: pressed || stalledMs >= STUCK_MS,
      idleSince: streams > 0 ? undefined : (this.idleSince ?? now),
    };
  }
}
