import type { Estate, IssuedKey, Principal } from "../account/estate";
import { uniqueId } from "../account/ids";

/** Issues temporary credentials and remembers them; they end `durationMs` from now on the wall clock. */
export function issueKeys(estate: Estate, principal: Principal, durationMs: number): IssuedKey {
  const key: IssuedKey = {
    accessKeyId: uniqueId(estate.randomBytes, "ASIA", 20),
    secretAccessKey: estate.randomBytes(30).toString("base64"),
    sessionToken: estate.randomBytes(96).toString("base64"),
    expiresAt: estate.clocks.wall() + durationMs,
    principal,
  };
  estate.keys.set(key.accessKeyId, key);
  return key;
}
