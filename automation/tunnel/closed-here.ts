import { SallyportError } from "../core/errors";

/** What streams, and whoever waits for one, are told after `close()` of a tunnel or a pool. */
export function closedHere(): SallyportError {
  return new SallyportError("TUNNEL_CLOSED", { message: "The tunnel was closed here." });
}
