/** One thing that is wrong in a file or value that came from outside. */
export interface Problem {
  /** Where, e.g. `access[2].roles[0]` or `roles.readonly.on["app/*"]`. */
  readonly path: string;
  /** What stood there, as it was written; `nothing` for a missing value. */
  readonly seen: string;
  /** What to write instead. */
  readonly expected: string;
}

/** Either a checked value, or every problem that was found (never an empty list). */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A checked value. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** The value if there is no problem, else all problems. `make` runs only without problems. */
export function resultOf<T>(problems: readonly Problem[], make: () => T): Result<T> {
  return problems.length === 0 ? ok(make()) : { ok: false, problems };
}

/**
 * One line for people.
 *
 * @example formatProblem({path: "estate", seen: "nothing", expected: "a name"}) // "estate: seen nothing; expected a name"
 */
export function formatProblem(problem: Problem): string {
  return `${problem.path}: seen ${problem.seen}; expected ${problem.expected}`;
}

/**
 * A path as people write it: dots between plain keys, brackets around numbers and keys with other characters.
 *
 * @example pathText(["roles", "readonly", "on", "app/*"]) // 'roles.readonly.on["app/*"]'
 */
export function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[A-Za-z_][\w:-]*$/.test(String(part))) text += text === "" ? String(part) : `.${String(part)}`;
    else text += `[${JSON.stringify(String(part))}]`;
  }
  return text === "" ? "the file" : text;
}

/** A value as a problem shows it: strings in quotes, at most 80 characters. */
export function seenText(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
