import { checkResources, type CheckReport, type Configuration, type Rule } from "../../policies/library";
import type { StackState } from "./state-resources";

/**
 * Runs rules over a stack's state as the engine runs them over a program: rules about single resources see what the program manages,
 * rules about the stack see what it only reads as well. The answer is in the order of the rules.
 *
 * @param today - the day, UTC, e.g. `2027-01-31`
 */
export function checkState(
  rules: readonly Rule[],
  { resources }: StackState,
  configuration: Configuration,
  today: string,
): CheckReport {
  const place = new Map(rules.map(({ id }, at) => [id, at]));
  const inOrder = <T extends { readonly rule: string }>(list: readonly T[]): readonly T[] =>
    [...list].sort((a, b) => (place.get(a.rule) ?? 0) - (place.get(b.rule) ?? 0));
  const managed = resources.filter((resource) => resource.managed);
  const run = (aboutStack: boolean): CheckReport =>
    checkResources(
      rules.filter((rule) => "checkStack" in rule === aboutStack),
      aboutStack ? resources : managed,
      configuration,
      today,
    );
  const [single, stack] = [run(false), run(true)];
  return {
    findings: inOrder([...single.findings, ...stack.findings]),
    undecided: inOrder([...single.undecided, ...stack.undecided]),
    notApplicable: inOrder([...single.notApplicable, ...stack.notApplicable]),
    exempted: inOrder([...single.exempted, ...stack.exempted]),
    unused: inOrder([...single.unused, ...stack.unused]),
    resources: resources.length,
    rules: single.rules + stack.rules,
  };
}
