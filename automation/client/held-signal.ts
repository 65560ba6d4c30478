/** A signal that follows another only until it is let go. */
export interface HeldSignal {
  readonly signal: AbortSignal;
  /** From now on the other one's abort is not passed on. Throws its reason if it has aborted already. */
  release(): void;
}

/**
 * While a door opens, an interruption stops it; once a child runs behind it, an interruption is the child's affair (psql cancels its
 * query, which needs a new connection), and what is open closes afterwards, in its order.
 */
export function heldSignal(followed: AbortSignal): HeldSignal {
  const own = new AbortController();
  const pass = (): void => own.abort(followed.reason);
  if (followed.aborted) pass();
  else followed.addEventListener("abort", pass, { once: true });
  return {
    signal: own.signal,
    release: () => {
      followed.removeEventListener("abort", pass);
      own.signal.throwIfAborted();
    },
  };
}
