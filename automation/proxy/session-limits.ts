import type { Clock } from "../core/clock";
import type { Refusal } from "./refusal";

/**
 * Waits for one phase of a login: until it is done, time is over (Refusal 57014 for the client, 08006 for the database) or the signal
 * aborts (its reason is thrown).
 */
export async function withinLimit<T>(
  work: Promise<T>,
  limit: { readonly clock: Clock; readonly ms: number; readonly signal: AbortSignal; readonly late: Refusal },
): Promise<T> {
  const over = new AbortController();
  const deadline = limit.clock.sleep(limit.ms, AbortSignal.any([limit.signal, over.signal])).then(() => {
    throw limit.late;
  });
  // Whichever loses the race has nobody to tell.
  deadline.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    over.abort();
  }
}
