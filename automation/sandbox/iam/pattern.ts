/** What a request says about itself: condition keys (compared without case) and their values. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One piece of a pattern: text that stands for itself, or a wildcard. */
type Piece = { readonly text: string } | { readonly wild: "*" | "?" };

/** The values of a condition key; `undefined` if the request does not have it. */
export function contextValues(context: RequestContext, key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  for (const [name, value] of Object.entries(context)) {
    if (name.toLowerCase() === wanted) return typeof value === "string" ? [value] : value;
  }
  return undefined;
}

/**
 * Does a pattern with `*`, `?` and policy variables match? A variable's value stands for itself: a `*` in it is no wildcard. A
 * variable that the request does not have, or has several values of, matches nothing. `${*}`, `${?}` and `${$}` are literal.
 * (IAM user guide, "IAM policy elements: Variables and tags".)
 *
 * @example matchesPattern("a/${aws:userid}*", "a/AROA1:jane", { "aws:userid": "AROA1" }) // true
 */
export function matchesPattern(
  pattern: string,
  value: string,
  context: RequestContext,
  options: { readonly ignoreCase?: boolean; readonly wildcards?: boolean } = {},
): boolean {
  const pieces = piecesOf(pattern, context, options.wildcards !== false);
  if (!pieces) return false;
  const source = pieces
    .map((piece) =>
      "text" in piece
        ? piece.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        : piece.wild === "*"
          ? "[\\s\\S]*"
          : "[\\s\\S]",
    )
    .join("");
  return new RegExp(`^${source}$`, options.ignoreCase ? "i" : "").test(value);
}

/** Do all of a pattern's variables have a value? */
export function resolves(pattern: string, context: RequestContext): boolean {
  return piecesOf(pattern, context, true) !== undefined;
}

function piecesOf(pattern: string, context: RequestContext, wildcards: boolean): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const part of pattern.split(/(\$\{[^}]*\}|\*|\?)/)) {
    if (part === "") continue;
    const variable = /^\$\{([^}]*)\}$/.exec(part)?.[1];
    if (variable === undefined)
      pieces.push(wildcards && (part === "*" || part === "?") ? { wild: part } : { text: part });
    else if (["*", "?", "$"].includes(variable)) pieces.push({ text: variable });
    else {
      const text = variableValue(variable, context);
      if (text === undefined) return undefined;
      pieces.push({ text });
    }
  }
  return pieces;
}

/** `${key}` or `${key, 'default'}`. */
function variableValue(variable: string, context: RequestContext): string | undefined {
  const [, key = "", fallback] = /^([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(variable.trim()) ?? [];
  const values = contextValues(context, key);
  if (values === undefined) return fallback;
  return values.length === 1 ? values[0] : undefined;
}
