const DURATION = /^P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?$/;

/**
 * Seconds of an ISO 8601 duration of days and smaller units; undefined for what is none.
 *
 * @example seconds("PT1H30M") // 5400
 */
export function seconds(value: unknown): number | undefined {
  const match = typeof value === "string" ? DURATION.exec(value) : null;
  if (!match || match.slice(1).every((part) => part === undefined)) return undefined;
  const [days = 0, hours = 0, minutes = 0, rest = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + rest;
}
