import { createHash } from "node:crypto";

/** Ports of `sallyport proxy` lie from here on: below the ports that systems give out by themselves (32768 on Linux). */
const FIRST = 20_000;
const COUNT = 10_000;

/**
 * The port of a person's proxy to a target: always the same one, so that the settings of a GUI stay valid.
 *
 * @param environment `<estate>/<env>`
 * @param target `cluster/database`, with `@reader` for the reader
 * @example localPort("payments/dev", "app/app", "jane@example.com") // somewhere in 20000–29999, on every machine the same
 */
export function localPort(environment: string, target: string, login: string): number {
  const hash = createHash("sha256")
    .update(JSON.stringify([environment, target, login]))
    .digest();
  return FIRST + (hash.readUInt32BE(0) % COUNT);
}
