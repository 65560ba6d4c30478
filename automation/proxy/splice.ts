import type { Duplex } from "node:stream";
import type { Clock } from "../core/clock";
import { endGently } from "./stream-end";

/** Two streams to be joined. */
export interface Splice {
  readonly client: Duplex;
  readonly upstream: Duplex;
  /** What was read of each and not yet passed on. */
  readonly fromClient: Buffer;
  readonly fromUpstream: Buffer;
  readonly clock: Clock;
}

/** Bytes that went through. */
export interface Traffic {
  readonly up: number;
  readonly down: number;
}

/** How long the last bytes of a client that hung up may take to the database, milliseconds. */
const LAST_BYTES_MS = 5000;

/**
 * Joins client and database: what was read already, then bytes both ways with back-pressure, never parsed. Resolves when both are
 * closed.
 *
 * A client that hangs up takes the database's stream with it, once the last bytes are written: PostgreSQL's clients never wait for
 * answers after they ended. A database that hangs up ends the client only when everything it sent is through. That is why this is
 * not `stream.pipeline`, which destroys the reader of a closed pair and cuts what it has not read.
 */
export function splice({ client, upstream, fromClient, fromUpstream, clock }: Splice): Promise<Traffic> {
  let [up, down] = [fromClient.length, fromUpstream.length];
  client.on("data", (chunk: Buffer) => (up += chunk.length));
  upstream.on("data", (chunk: Buffer) => (down += chunk.length));

  const clientGone = (): void => {
    if (upstream.writableFinished || upstream.destroyed || !client.readableEnded) return void upstream.destroy();
    const closed = new AbortController();
    upstream.once("close", () => closed.abort()).once("finish", () => upstream.destroy());
    upstream.end();
    clock.sleep(LAST_BYTES_MS, closed.signal).then(
      () => upstream.destroy(),
      () => undefined,
    );
  };
  const upstreamGone = (): void => {
    client.unpipe(upstream);
    endGently(client, clock);
  };
  const closed = [client, upstream].map(
    (stream) => new Promise<void>((resolve) => (stream.closed ? resolve() : stream.once("close", resolve))),
  );
  client.once("end", clientGone).once("close", clientGone);
  upstream.once("end", upstreamGone).once("close", upstreamGone);
  client.on("error", () => client.destroy());
  upstream.on("error", () => upstream.destroy());

  if (fromClient.length > 0) upstream.write(fromClient);
  if (fromUpstream.length > 0) client.write(fromUpstream);
  client.pipe(upstream);
  upstream.pipe(client);
  if (client.closed) clientGone();
  if (upstream.closed) upstreamGone();
  return Promise.all(closed).then(() => ({ up, down }));
}
