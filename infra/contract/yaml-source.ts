import { isScalar, parseDocument, type Document } from "yaml";
import { seenText, type Problem } from "./result";

/** A parsed YAML file that still knows how its scalars were written. */
export interface YamlSource {
  /** Plain values (YAML 1.2 core schema). */
  readonly raw: unknown;
  /** The value at a path as it was written, so that `000000000001` is not shown as `1`. */
  seen(path: readonly PropertyKey[]): string;
  /** True if a scalar stands there without quotes. */
  unquoted(path: readonly PropertyKey[]): boolean;
}

/** Parses YAML 1.2; syntax errors and duplicate keys become problems with their line. */
export function readYaml(text: string): { readonly source: YamlSource; readonly problems: readonly Problem[] } {
  const document = parseDocument(text, { version: "1.2", prettyErrors: false });
  const problems: Problem[] = document.errors.map((error) => {
    const line = text.slice(0, error.pos[0]).split("\n").length;
    return {
      path: `line ${line}`,
      seen: seenText(text.split("\n")[line - 1]?.trim()),
      expected: `valid YAML (${error.message})`,
    };
  });
  let raw: unknown;
  try {
    raw = problems.length === 0 ? document.toJS() : undefined;
  } catch (error) {
    // An alias without anchor, or so many aliases that the values would fill the memory.
    problems.push({
      path: "the file",
      seen: "an alias",
      expected: `valid YAML (${error instanceof Error ? error.message : "alias"})`,
    });
  }
  return { source: sourceOf(document, raw), problems };
}

/** The same interface for values that never were YAML text: nothing counts as unquoted. */
export function plainSource(raw: unknown): YamlSource {
  return { raw, seen: (path) => seenText(valueAt(raw, path)), unquoted: () => false };
}

function sourceOf(document: Document, raw: unknown): YamlSource {
  const node = (path: readonly PropertyKey[]): unknown => document.getIn(path, true);
  return {
    raw,
    seen(path) {
      const found = node(path);
      if (isScalar(found) && typeof found.value === "number" && found.source !== undefined) return found.source;
      return seenText(valueAt(raw, path));
    },
    unquoted(path) {
      const found = node(path);
      return isScalar(found) && found.type === "PLAIN" && found.value !== null;
    },
  };
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
}
