import type { Duplex } from "node:stream";
import type { Clock } from "../core/clock";

/** How long a stream that was ended may take to close by itself, milliseconds. */
const LINGER_MS = 2000;

/**
 * Ends a stream so that the peer can read everything: what the peer still sends is thrown away (closing a socket with unread bytes
 * would reset it, and the peer lose the last words), and a peer that does not close is closed after two seconds.
 *
 * @param last last words of a login that failed: the two seconds begin at once, since a handshake that hangs never takes them.
 * Without them they begin when everything is written, however slowly the peer reads.
 */
export function endGently(stream: Duplex, clock: Clock, last?: Buffer): void {
  if (stream.destroyed) return;
  const closed = new AbortController();
  stream.on("error", () => stream.destroy()).once("close", () => closed.abort());
  stream.resume();
  const linger = (): void =>
    void clock.sleep(LINGER_MS, closed.signal).then(
      () => stream.destroy(),
      () => undefined,
    );
  if (last !== undefined || stream.writableFinished) linger();
  else stream.once("finish", linger);
  if (last !== undefined && !stream.writableEnded) stream.end(last);
  else stream.end();
}
