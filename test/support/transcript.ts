const PLACE = /(<!-- transcript -->\n```\n)([\s\S]*?)(```\n<!-- \/transcript -->)/;

/** The transcript that the README shows. */
export function transcriptOf(readme: string): string {
  const found = PLACE.exec(readme);
  if (!found) throw new Error("the README has no transcript");
  return found[2] ?? "";
}

/** The README with another transcript. */
export function withTranscript(readme: string, text: string): string {
  return readme.replace(PLACE, (_, before: string, __, after: string) => `${before}${text}${after}`);
}

/** A transcript without what differs from run to run: times, ids, ports, and the order in which a platform's parts are ready. */
export function masked(text: string): string {
  const lines = text
    .replace(/\b(\d+ min )?\d+(\.\d+)? s\b/g, "TIME")
    .replace(/ +TIME$/gm, " TIME")
    .replace(/\bi-[0-9a-f]{8,17}\b/g, "i-ID")
    .replace(/(cluster-(?:ro-)?)[0-9a-z]{12}\b/g, "$1ID")
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .split("\n")
    // Announced only when it takes more than a moment.
    .filter((line) => !/^ {2}\S.{10} ?· /.test(line));
  const part = /^ {2}Platform +✓ created /;
  const parts = lines.filter((line) => part.test(line)).sort();
  return lines.map((line) => (part.test(line) ? (parts.shift() ?? line) : line)).join("\n");
}
