import { SallyportError } from "../core/errors";

/** From this share of the people on, removals are told apart from everyday leaving. */
const SHARE = 0.1;
const MANY = 10;

/**
 * Lets a few people go and refuses many: an empty page of the directory, or a group emptied by mistake, must not lock everybody out.
 * One person is everyday; two or more that are a tenth of all, or more than ten, need `--allow-removals`.
 *
 * @throws SallyportError ACCESS_REMOVALS with the names
 * @example refuseRemovals({ gone: ["ben", "kim"], before: 12, allowed: undefined, env: "dev" }) // throws: 2 of 12
 */
export function refuseRemovals(request: {
  readonly gone: readonly string[];
  /** How many there were. */
  readonly before: number;
  /** `--allow-removals N`. */
  readonly allowed: number | undefined;
  readonly env: string;
}): void {
  const { gone, before, allowed = 0, env } = request;
  const many = gone.length > MANY || (gone.length > 1 && gone.length >= before * SHARE);
  if (!many || gone.length <= allowed) return;
  const names = gone.slice(0, MANY).join(", ");
  const more = gone.length > MANY ? ` and ${gone.length - MANY} more` : "";
  throw new SallyportError("ACCESS_REMOVALS", {
    message: `${gone.length} of ${before} login roles would lose all access at once: ${names}${more}. Nothing was changed.`,
    likely: "A group was emptied, or access.yaml lost a line.",
    values: { env, count: gone.length },
  });
}
