/** One thing that is wrong in a policy configuration. */
export interface Problem {
  /** Where, e.g. `sg-no-world.exemptions[0].until`. */
  readonly path: string;
  /** What stands there: the value of a level, name, number or day; of everything else its kind, for it may be anything. */
  readonly seen: string;
  /** What to write instead. */
  readonly expected: string;
}

/**
 * A value as a problem shows it: never a text that is not a name by its place.
 *
 * @example kindOf("hunter2") // "a text"
 * @example kindOf(7) // "7"
 */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  return Array.isArray(value) ? "a list" : "an object";
}

/** A name, level or day as a problem shows it: quoted, at most 80 characters; other values as `kindOf`. */
export function quoted(value: unknown): string {
  if (typeof value !== "string") return kindOf(value);
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/**
 * A list of words with the one that was probably meant: at most a third of its letters differ, at least one may.
 *
 * @example oneOf("advisry", ["mandatory", "advisory"]) // 'one of mandatory, advisory; did you mean "advisory"?'
 */
export function oneOf(word: unknown, known: readonly string[]): string {
  const guess = typeof word === "string" ? nearest(word, known) : undefined;
  const list = `one of ${known.join(", ")}`;
  return guess === undefined ? list : `${list}; did you mean ${JSON.stringify(guess)}?`;
}

/** The known word that was probably meant, if one is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  return known
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter((each) => each.distance <= Math.max(1, Math.floor(each.candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Letters to insert, delete or replace until `a` is `b` (Levenshtein). */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + change));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
