/**
 * Seconds of `30m` or `4h`; undefined for any other text.
 *
 * @example secondsOf("4h") // 14400
 */
export function secondsOf(text: string): number | undefined {
  const match = /^([1-9][0-9]{0,4})([mh])$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * (match[2] === "h" ? 3600 : 60);
}

/**
 * The ISO-8601 form that Identity Center wants for a session (whole minutes).
 *
 * @example isoDuration(5400) // "PT1H30M"
 */
export function isoDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `PT${hours > 0 ? `${hours}H` : ""}${minutes > 0 || hours === 0 ? `${minutes}M` : ""}`;
}
