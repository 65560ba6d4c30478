import type { Props } from "../../account/estate";
import type { TypeFacts } from "../facts/facts";
import { DEFAULTS_KEY } from "./check";
import { sameValue, type Comparison } from "./compare";

/** What AWS cannot tell: kept as the program wrote it. */
export interface ReadArgs {
  readonly facts: TypeFacts;
  readonly comparisons: Readonly<Record<string, Comparison>>;
  readonly filled: readonly string[];
  /** What the account has now. */
  readonly actual: Props;
  /** Outputs as the state has them; empty for an import. */
  readonly state: Props;
  readonly oldInputs: Props;
}

/**
 * Inputs as a refresh or an import reads them: the program's own where nothing moved, the account's value where it did. Drift of an
 * input that the program left out is an input too, unless AWS fills it.
 */
export function readInputs(args: ReadArgs): Props {
  const inputs: Props = {};
  const isImport = Object.keys(args.oldInputs).length === 0;
  for (const [key, kind] of Object.entries(args.facts.inputs)) {
    const [now, old, comparison] = [args.actual[key], args.oldInputs[key], args.comparisons[key] ?? "plain"];
    if (old !== undefined) {
      if (now === undefined || now === null) continue;
      inputs[key] =
        sameValue(old, now, kind, comparison) &&
        !(kind === "map" && Object.keys(now).length > Object.keys(old ?? {}).length)
          ? old
          : now;
    } else if (now !== undefined && now !== null && (isImport || !sameValue(now, args.state[key], kind, comparison))) {
      // An imported name is the program's to give, although one would be made for it.
      const given = !args.filled.includes(key) || (isImport && key === "name");
      if (key !== "region" && given && !isEmpty(now)) inputs[key] = now;
    }
  }
  inputs[DEFAULTS_KEY] = (args.oldInputs[DEFAULTS_KEY] as string[] | undefined) ?? [];
  return inputs;
}

function isEmpty(value: NonNullable<Props[string]>): boolean {
  return value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}
