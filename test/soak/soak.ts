import { systemClock, type Clock } from "../../automation/core/clock";
import { TunnelPool, type PoolEvent } from "../../automation/tunnel/pool/tunnel-pool";
import type { TunnelEvent } from "../../automation/tunnel/tunnel";
import { startFarEnd } from "../support/far-end";
import { makeTrouble, offlineError, type NearFaults } from "./faults";
import { echoes, slowReader, type Tally } from "./streams";

const MIB = 1024 * 1024;
const ECHOES = 6;
/** What a soak may need beyond what it had after its first half minute: the aim is 64 MiB. */
const MEMORY_LIMIT = 64 * MIB;
const SAMPLE_MS = 5_000;
/** A stream opened so soon after a restart or fail-over may still meet an address that nobody answers at. */
const AFTERMATH_MS = 20_000;
const WARM_MS = 30_000;

/** Runs tunnels under random trouble; answers whether every byte came, once, in order, in flat memory. */
export async function soak(minutes: number, print: (line: string) => void): Promise<boolean> {
  const far = await startFarEnd();
  // Faster than the real agent, slower than loopback: the slow reader must be the slow one.
  await far.knobs({ payloadBytes: 4_096, paceMs: 1, resendPerTick: 50 });
  const near: NearFaults = { offline: false, sleptMs: 0 };
  const clock: Clock = { now: () => Date.now() + near.sleptMs, sleep: (ms, stop) => systemClock.sleep(ms, stop) };
  const tally: Tally = { bytesUp: 0, bytesDown: 0, streams: 0, ended: 0, lost: [], corrupted: 0 };
  const events: Record<string, number> = {};
  const count = ({ type }: TunnelEvent | PoolEvent): void => void (events[type] = (events[type] ?? 0) + 1);
  const makePool = (): TunnelPool =>
    new TunnelPool({
      clock,
      onEvent: count,
      limits: { queueMs: 60_000 },
      open: async () => {
        if (near.offline) throw offlineError();
        return far.tunnel({ clock, onEvent: count, guardResume: () => (near.offline ? offlineError() : undefined) });
      },
    });
  const [pool, slow] = [makePool(), makePool()];
  await pool.start();
  await slow.start();
  const stop = new AbortController();
  const endings: number[] = [];
  let readSlowly = 0;
  const tools = (of: TunnelPool) => ({
    open: () => of.openStream(),
    tally,
    stop: stop.signal,
    mayEnd: (openedAt: number) => endings.some((at) => at >= openedAt - AFTERMATH_MS),
  });
  const memory: number[] = [];
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const begun = performance.now();
  const sampler = setInterval(() => {
    global.gc?.();
    const seconds = Math.round((performance.now() - begun) / 1000);
    if (seconds * 1000 >= WARM_MS) memory.push(used());
    if (seconds % 60 < SAMPLE_MS / 1000)
      print(`  ${seconds} s: ${mib(tally.bytesUp)} up, ${mib(tally.bytesDown)} down, ${mib(used())} in use`);
  }, SAMPLE_MS);
  const work = [
    ...Array.from({ length: ECHOES }, () => echoes(tools(pool))),
    slowReader(tools(slow), MIB, (bytes) => (readSlowly += bytes)),
  ];
  const trouble = makeTrouble(far, near, stop.signal, () => endings.push(performance.now()));
  await new Promise((resolve) => setTimeout(resolve, minutes * 60_000));
  stop.abort();
  clearInterval(sampler);
  const counts = await trouble;
  await Promise.all([pool.close(), slow.close()]);
  await Promise.all(work);
  far.close();
  const first = Math.max(...memory.slice(0, 6), 0);
  const extra = Math.max(0, ...memory) - first;
  const troubles = Object.values(counts).reduce((sum, each) => sum + each, 0);
  print(
    `  trouble: ${Object.entries(counts)
      .map(([name, times]) => `${name} ${times}`)
      .join(", ")}`,
  );
  print(
    `  events: ${Object.entries(events)
      .map(([name, times]) => `${name} ${times}`)
      .join(", ")}`,
  );
  for (const reason of tally.lost.slice(0, 10)) print(`  ✗ lost: ${reason}`);
  const good = tally.corrupted === 0 && tally.lost.length === 0 && extra <= MEMORY_LIMIT && tally.bytesDown > 0;
  print(
    `${good ? "✓" : "✗"} ${minutes} min, ${troubles} troubles: ${mib(tally.bytesUp)} up, ${mib(tally.bytesDown)} down on ${tally.streams} streams; ` +
      `${tally.corrupted} bytes corrupted, ${tally.lost.length} streams lost, ${tally.ended} ended by restarts and fail-overs; ` +
      `${mib(readSlowly)} read at 1 MiB/s; memory ${mib(first)}, at most ${mib(extra)} more`,
  );
  return good;
}

function mib(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`;
}
