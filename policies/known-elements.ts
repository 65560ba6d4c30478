import { unknownPath } from "./unknown-value";
import { elements } from "./values";

/** What is known of a list. */
export interface KnownElements {
  readonly values: readonly unknown[];
  /** Throws `UnknownValueError` of the first element that is not known yet; nothing when all are. */
  readonly complete: () => void;
}

/**
 * Reads a list as far as it is known: for rules that look for an element, which may be one of the unknown ones.
 *
 * @example const { values, complete } = knownElements(props.logs); if (!values.includes("audit")) { complete(); report("…"); }
 */
export function knownElements(value: unknown): KnownElements {
  return knownOf(elements(value));
}

/** The same of single readers, e.g. one property of several resources. */
export function knownOf(readers: readonly (() => unknown)[]): KnownElements {
  const values: unknown[] = [];
  let first: Error | undefined;
  for (const read of readers) {
    try {
      values.push(read());
    } catch (thrown) {
      if (!(thrown instanceof Error) || unknownPath(thrown) === undefined) throw thrown;
      first ??= thrown;
    }
  }
  return {
    values,
    complete: () => {
      if (first) throw first;
    },
  };
}
