import { DAY, LINE, type Exemption } from "./exemptions";
import { kindOf, oneOf, quoted, type Problem } from "./problem";
import { isObject } from "./values";

const KEYS = ["resource", "reason", "until"] as const;
const WORDS = new RegExp(LINE);
const FORM = new RegExp(DAY);

/**
 * Reads the exemptions of a rule; what is wrong is added to `problems`, and its exemption left out.
 *
 * @example readExemptions("sg-no-world.exemptions", [{ resource: "legacy-web", reason: "it moves", until: "2027-01-31" }], problems)
 */
export function readExemptions(path: string, value: unknown, problems: Problem[]): Exemption[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push({ path, seen: kindOf(value), expected: "a list of exemptions" });
    return [];
  }
  const named = new Set<string>();
  return value.flatMap((each: unknown, index) => {
    const place = `${path}[${index}]`;
    const exemption = readExemption(place, each, problems);
    if (exemption && named.has(exemption.resource)) {
      problems.push({
        path: `${place}.resource`,
        seen: `${quoted(exemption.resource)} a second time`,
        expected: "one exemption for each resource",
      });
    }
    if (exemption) named.add(exemption.resource);
    return exemption ?? [];
  });
}

function readExemption(path: string, value: unknown, problems: Problem[]): Exemption | undefined {
  if (!isObject(value)) {
    problems.push({ path, seen: kindOf(value), expected: 'an object like { "resource": …, "reason": …, "until": … }' });
    return undefined;
  }
  const before = problems.length;
  const known: readonly string[] = KEYS;
  for (const key of Object.keys(value)) {
    if (!known.includes(key))
      problems.push({ path: `${path}.${key}`, seen: "a key that does not exist", expected: oneOf(key, KEYS) });
  }
  const { resource, reason, until } = value;
  if (!isLine(resource))
    problems.push({
      path: `${path}.resource`,
      seen: kindOf(resource),
      expected: "the resource's name or URN, in one line",
    });
  if (!isLine(reason))
    problems.push({ path: `${path}.reason`, seen: kindOf(reason), expected: "why it may pass, in one line" });
  if (!isDay(until))
    problems.push({ path: `${path}.until`, seen: quoted(until), expected: "the last day it holds, as 2027-01-31" });
  return before === problems.length && isLine(resource) && isLine(reason) && isDay(until)
    ? { resource, reason, until }
    : undefined;
}

function isLine(value: unknown): value is string {
  return typeof value === "string" && WORDS.test(value);
}

/** A day that the calendar has: February 30th comes back as another one. */
function isDay(value: unknown): value is string {
  return (
    typeof value === "string" && FORM.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)
  );
}
