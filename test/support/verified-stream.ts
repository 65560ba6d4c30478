import type { TLSSocket } from "node:tls";
import { systemClock } from "../../automation/core/clock";
import { upgradeTls } from "../../automation/door/upgrade-tls";
import type { FakePostgres } from "./fake-postgres";
import type { MadeAuthority } from "./made-certificates";

/** A stream to a stand-in of the database with TLS verified, as an open door gives it. */
export async function verifiedStream(
  server: FakePostgres,
  endpoint: string,
  authority: MadeAuthority,
): Promise<TLSSocket> {
  const stream = await server.stream();
  return upgradeTls({ stream, endpoint, authorities: [authority.ca], timeoutMs: 5_000, clock: systemClock });
}
