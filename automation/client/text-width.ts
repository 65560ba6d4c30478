/** Characters that take two columns of a terminal: East Asian wide and full-width ranges, and emoji (Unicode Annex 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Columns that a text takes on a terminal.
 *
 * @example textWidth("né") // 2
 * @example textWidth("東京") // 4
 */
export function textWidth(text: string): number {
  // Plain ASCII is nearly everything and needs no segmenting.
  if (/^[\u0000-\u007f]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** The text with spaces after it, or before it, up to a width; a longer text stays as it is. */
export function padText(text: string, width: number, side: "left" | "right"): string {
  const spaces = " ".repeat(Math.max(0, width - textWidth(text)));
  return side === "left" ? text + spaces : spaces + text;
}
