import type { Clock } from "../../core/clock";
import { SallyportError } from "../../core/errors";
import { Deferred } from "../deferred";

/** Those who wait for the same thing, bounded in number; each has its own patience. Served in order of arrival, all by one arrival. */
export class WaitingLine<T> {
  private readonly line = new Set<Deferred<T>>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: { readonly maxWaiting: number },
  ) {}

  get length(): number {
    return this.line.size;
  }

  /**
   * Waits for `serve`. Errors: `late()` after `patienceMs`; TUNNEL_BUSY if the line is full; what `fail` is given; the signal's reason.
   */
  async join(patienceMs: number, signal: AbortSignal | undefined, late: () => SallyportError): Promise<T> {
    if (this.line.size >= this.limits.maxWaiting) throw full(this.limits.maxWaiting);
    const place = new Deferred<T>();
    this.line.add(place);
    const done = new AbortController();
    const abort = (): void => place.reject(signal?.reason as Error);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    this.clock.sleep(patienceMs, done.signal).then(
      () => place.reject(late()),
      () => undefined,
    );
    try {
      return await place.promise;
    } finally {
      done.abort();
      signal?.removeEventListener("abort", abort);
      this.line.delete(place);
    }
  }

  /** It is here: for everybody who waits. */
  serve(value: T): void {
    for (const place of this.line) place.resolve(value);
  }

  fail(error: Error): void {
    for (const place of this.line) place.reject(error);
  }
}

function full(most: number): SallyportError {
  return new SallyportError("TUNNEL_BUSY", { message: `${most} connections wait for the tunnel already.` });
}
