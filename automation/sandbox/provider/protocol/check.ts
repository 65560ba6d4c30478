import type { Props } from "../../account/estate";
import type { TypeFacts } from "../facts/facts";
import { autoName, type Naming } from "./auto-name";
import { coerce } from "./coerce";
import { hasUnknown } from "./values";

/** Inputs that the provider itself filled: the bridge keeps their names beside them. */
export const DEFAULTS_KEY = "__defaults";

/** One refused input. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** Arguments of checkInputs. */
export interface CheckArgs {
  readonly token: string;
  readonly facts: TypeFacts;
  readonly news: Props;
  /** Inputs of the last deployment; empty for a new resource. */
  readonly olds: Props;
  readonly naming: Naming;
  /** Fields that take a JSON object in place of its text. */
  readonly jsonObjects: readonly string[];
  /** Rules of the type; unknown inputs are not among them. */
  readonly rules: (inputs: Props, fail: (property: string, reason: string) => void) => void;
}

/**
 * What the bridge does before anything reaches AWS: names, types, required inputs, auto-names, schema defaults, then the type's own
 * rules. Needs no account state; unknown values are not judged.
 */
export function checkInputs(args: CheckArgs): { readonly inputs: Props; readonly failures: readonly CheckFailure[] } {
  const { token, facts } = args;
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string): void => void failures.push({ property, reason });
  const inputs: Props = {};
  for (const [key, value] of Object.entries(args.news)) {
    const kind = facts.inputs[key];
    if (key === DEFAULTS_KEY) continue;
    if (kind === undefined) fail(key, `Invalid or unknown key. Check \`${key}\`: ${token} has no such input here.`);
    else if (args.jsonObjects.includes(key) && typeof value === "object" && !hasUnknown(value))
      inputs[key] = JSON.stringify(value);
    else inputs[key] = coerce(value, kind, key, fail);
  }
  for (const key of facts.required) {
    if (inputs[key] === undefined)
      fail(key, `Missing required argument. The argument "${key}" is required, but no definition was found.`);
  }
  const defaults = fill(args, inputs, fail);
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hasUnknown(value)));
  if (failures.length === 0) args.rules(known, fail);
  inputs[DEFAULTS_KEY] = defaults.sort();
  return { inputs, failures };
}

function fill(args: CheckArgs, inputs: Props, fail: (property: string, reason: string) => void): string[] {
  const { token, facts, olds, naming } = args;
  const filled: string[] = [];
  const earlier = Array.isArray(olds[DEFAULTS_KEY]) ? olds[DEFAULTS_KEY] : [];
  if ("name" in facts.inputs && inputs.name === undefined && inputs.namePrefix === undefined) {
    const kept = earlier.includes("name") ? olds.name : undefined;
    const made = kept === undefined ? autoName(token, naming) : { name: kept };
    if (made && "problem" in made) fail("name", made.problem);
    else if (made) {
      inputs.name = made.name;
      filled.push("name");
    }
  }
  for (const [key, value] of Object.entries(facts.defaults)) {
    if (inputs[key] !== undefined) continue;
    inputs[key] = value;
    filled.push(key);
  }
  return filled;
}
