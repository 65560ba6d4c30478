import type { Resource, ResourceRule, Settings, StackResource, StackRule } from "./rule";
import { unknownPath } from "./unknown-value";

/** A violation: what stands where, without the way to mend it. */
export interface Found {
  /** Property path and fixed words, e.g. `ingress.0 is open to the world`; never a value. */
  readonly found: string;
  readonly urn: string;
  /** Name of the resource. */
  readonly name: string;
}

/** What a rule says, all of it: of what is known, and what it could not look at. */
export interface Outcome {
  readonly violations: readonly Found[];
  /** What is not known yet, e.g. `orders.engine` or `vpc of bastion`; each once. */
  readonly open: readonly string[];
  /** Why the rule says nothing, e.g. a setting that it needs. */
  readonly notApplicable: string | undefined;
}

/** Why a rule says nothing of most resources. */
export const ANOTHER_KIND = "another kind of resource";

/** One for all: most rules look at few resources, and the engine is told of each of the others. */
const OTHER_KIND: Outcome = { violations: [], open: [], notApplicable: ANOTHER_KIND };

/** How a rule says that it does not apply, from any depth. */
class NotApplicable extends Error {}

/** A rule about one resource; one of another type is not its business. */
export function evaluateResource(rule: ResourceRule, resource: Resource, settings: Settings): Outcome {
  if (!rule.types.includes(resource.type)) {
    return OTHER_KIND;
  }
  const { name, urn } = resource;
  return outcomeOf(
    (path) => `${name}.${path}`,
    ({ violations, part, notApplicable }) =>
      rule.check(
        resource,
        { report: (found) => void violations.push({ found, urn, name }), part, notApplicable },
        settings,
      ),
  );
}

/** A rule about all resources of a stack. */
export function evaluateStack(rule: StackRule, resources: readonly StackResource[], settings: Settings): Outcome {
  return outcomeOf(
    (path) => path,
    ({ violations, part, note, notApplicable }) =>
      rule.checkStack(
        resources,
        {
          report: (found, { urn, name }) => void violations.push({ found, urn, name }),
          part,
          undecided: note,
          notApplicable,
        },
        settings,
      ),
  );
}

/** What a rule is given to speak with. */
interface Voice {
  readonly violations: Found[];
  readonly part: (decide: () => void) => void;
  readonly note: (what: string) => void;
  readonly notApplicable: (why: string) => never;
}

/** Runs a rule; `words` names an unknown property. Every error but these two goes through: a broken rule stops the run. */
function outcomeOf(words: (path: string) => string, run: (voice: Voice) => void): Outcome {
  const violations: Found[] = [];
  const open = new Set<string>();
  const note = (what: string): void => void open.add(what);
  const part = (decide: () => void): void => {
    try {
      decide();
    } catch (thrown) {
      const path = unknownPath(thrown);
      if (path === undefined) throw thrown;
      note(words(path));
    }
  };
  const notApplicable = (why: string): never => {
    throw new NotApplicable(why);
  };
  let why: string | undefined;
  try {
    part(() => run({ violations, part, note, notApplicable }));
  } catch (thrown) {
    if (!(thrown instanceof NotApplicable)) throw thrown;
    why = thrown.message;
  }
  return { violations, open: [...open], notApplicable: why };
}
