import { z } from "zod";
import { didYouMean } from "./did-you-mean";
import { pathText, type Problem } from "./result";
import type { YamlSource } from "./yaml-source";

/** A string of a given form; every violation says `expected`. */
export function text(pattern: RegExp, expected: string): z.ZodString {
  return z.string({ error: expected }).regex(pattern, { error: expected });
}

/** An object that refuses keys it does not know; the known ones travel in the issue, for "did you mean". */
export function closed<T extends z.ZodRawShape>(shape: T, expected: string): z.ZodObject<T, z.core.$strict> {
  const known = Object.keys(shape).join(" ");
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? known : expected) });
}

/**
 * An object whose keys are names that people give: wrong names are told beside the problems of the values.
 *
 * @param least entries that are wanted.
 */
export function named<T extends z.ZodType>(
  isName: (key: string) => boolean,
  keyText: string,
  value: T,
  expected: string,
  least: 0 | 1 = 1,
): z.ZodRecord<z.ZodString, T> {
  const names = z.check<Record<string, unknown>>((payload) => {
    if (typeof payload.value !== "object" || payload.value === null || Array.isArray(payload.value)) return;
    const keys = Object.keys(payload.value);
    if (keys.length < least) payload.issues.push({ code: "custom", input: payload.value, message: "at least one" });
    for (const key of keys.filter((each) => !isName(each))) {
      payload.issues.push({ code: "custom", input: key, path: [key], message: keyText, params: { key } });
    }
  });
  // A check without `when` is left out as soon as a value has the wrong type.
  names._zod.def.when = () => true;
  return z.record(z.string(), value, { error: expected }).check(names);
}

/** The one value of a documented choice that this version supports; the others are refused by name. */
export function only<const T extends string | number>(supported: T, later: readonly unknown[]): z.ZodLiteral<T> {
  return z.literal(supported, {
    error: (issue) => (later.includes(issue.input) ? `not supported yet: write ${supported}` : `${supported}`),
  });
}

/** A documented key that this version does not support: only its absence is accepted. */
export function notYet(instead: string): z.ZodOptional<z.ZodUndefined> {
  return z.undefined({ error: `not supported yet: ${instead}` }).optional();
}

/**
 * zod's issues as problems. Schemas give the `expected` text as their message; unknown keys become one problem each.
 *
 * @param prefix path of the value inside the file, put before every issue's path.
 */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  source: YamlSource,
  prefix: readonly PropertyKey[] = [],
): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code === "custom" && issue.params?.["key"] !== undefined) {
      return [
        { path: pathText(path), seen: `the key ${JSON.stringify(issue.params["key"])}`, expected: issue.message },
      ];
    }
    if (issue.code !== "unrecognized_keys") {
      return [{ path: pathText(path), seen: source.seen(path), expected: issue.message }];
    }
    const known = issue.message.split(" ");
    return issue.keys.map((key) => {
      const guess = didYouMean(key, known);
      const expected =
        guess === undefined
          ? `one of the keys ${known.join(", ")}`
          : `the key ${JSON.stringify(guess)}: did you mean that?`;
      return { path: pathText([...path, key]), seen: "an unknown key", expected };
    });
  });
}
