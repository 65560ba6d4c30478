/**
 * The known word that was probably meant, if one is near enough (at most a third of its letters differ, at least one may).
 *
 * @example didYouMean("develper", ["readonly", "developer"]) // "developer"
 */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance > Math.max(1, Math.floor(candidate.length / 3))) continue;
    if (best === undefined || distance < best.distance) best = { word: candidate, distance };
  }
  return best?.word;
}

/**
 * "one of a, b" with a guess where there is one.
 *
 * @example oneOf("dve", ["dev", "prod"]) // 'one of dev, prod; did you mean "dev"?'
 */
export function oneOf(word: unknown, known: readonly string[]): string {
  const guess = typeof word === "string" ? didYouMean(word, known) : undefined;
  const list = known.length === 0 ? "one that exists (there is none)" : `one of ${known.join(", ")}`;
  return guess === undefined ? list : `${list}; did you mean ${JSON.stringify(guess)}?`;
}

/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = [];
    rows.push(row);
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        row.push(i + j);
        continue;
      }
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(i - 1, j - 1) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      row.push(least);
    }
  }
  return at(a.length, b.length);
}
