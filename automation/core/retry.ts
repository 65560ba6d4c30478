import type { Clock } from "./clock";

/** How long to wait for something and how often to look. */
export interface WaitOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly intervalMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Looks until `probe` answers something else than `undefined`, at most `timeoutMs`. Answers `undefined` when time is up;
 * the caller knows which error that is. An abort rejects with the signal's reason.
 */
export async function waitFor<T>(probe: () => Promise<T | undefined>, options: WaitOptions): Promise<T | undefined> {
  const end = options.clock.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const found = await probe();
    if (found !== undefined) return found;
    const left = end - options.clock.now();
    if (left <= 0) return undefined;
    await options.clock.sleep(Math.min(options.intervalMs, left), options.signal);
  }
}
