import type { Client } from "pg";
import type { Clock } from "../core/clock";

/** A server that still listens answers the farewell at once; a dead tunnel never does. */
const PATIENCE_MS = 2_000;

/** Ends a connection, waiting two seconds at most: closing the door ends what did not answer. */
export async function endDatabase(client: Pick<Client, "end">, clock: Clock): Promise<void> {
  const over = new AbortController();
  const ended = client.end().catch(() => undefined);
  const patience = clock.sleep(PATIENCE_MS, over.signal).catch(() => undefined);
  await Promise.race([ended, patience]);
  over.abort();
}
