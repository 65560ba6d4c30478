/**
 * Whether a pattern of IAM matches a text (IAM user guide, "IAM JSON policy elements: Resource"): `*` is any text, also none
 * and also with colons, `?` one character.
 *
 * @example globMatches("ssm:Start*", "ssm:StartSession") // true
 */
export function globMatches(pattern: string, text: string): boolean {
  return meet(pattern, text, NOTHING);
}

/**
 * Whether a pattern of IAM matches some text of a shape. In a shape, `*` is any text and `%` any text without colon: one part of
 * an ARN.
 *
 * @example globMeets("arn:aws:rds-db:*", "arn:%:rds-db:%:%:dbuser:*") // true
 * @example globMeets("arn:aws:s3:::bucket/*", "arn:%:rds-db:%:%:dbuser:*") // false
 */
export function globMeets(pattern: string, shape: string): boolean {
  return meet(pattern, shape, SHAPE);
}

const NOTHING: ReadonlySet<string> = new Set();
const SHAPE: ReadonlySet<string> = new Set(["*", "%"]);

/**
 * Walks both from their ends, one row for each character of the pattern: `row[j]` says whether what is left of the pattern meets
 * what is left of the other from j on. Time is the product of both lengths, whatever stands in them.
 */
function meet(pattern: string, other: string, wild: ReadonlySet<string>): boolean {
  let below: boolean[] = [];
  for (let i = pattern.length; i >= 0; i -= 1) {
    const a = pattern[i];
    const row: boolean[] = [];
    for (let j = other.length; j >= 0; j -= 1) {
      const b = other[j];
      const [skipA = false, skipB = false, skipBoth = false] = [below[j], row[j + 1], below[j + 1]];
      if (a === undefined && b === undefined) row[j] = true;
      else if (a === "*") row[j] = skipA || skipB;
      else if (b !== undefined && wild.has(b)) row[j] = skipB || (a !== undefined && (b === "*" || a !== ":") && skipA);
      else row[j] = a !== undefined && b !== undefined && (a === b || a === "?") && skipBoth;
    }
    below = row;
  }
  return below[0] ?? false;
}
