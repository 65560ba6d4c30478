import { contextValues, matchesPattern, type RequestContext } from "./pattern";
import { many, type PolicyStatement } from "./policy";

/** Compares one value of the request with one of the policy. */
type Compare = (requested: string, written: string, context: RequestContext) => boolean;

/** A condition operator. `negated`: holds if no written value matches, and holds for an absent key. */
interface Operator {
  readonly compare: Compare;
  readonly negated: boolean;
}

const exact: Compare = (requested, written, context) =>
  matchesPattern(written, requested, context, { wildcards: false });
const exactIgnoringCase: Compare = (requested, written, context) =>
  matchesPattern(written, requested, context, { wildcards: false, ignoreCase: true });
const like: Compare = (requested, written, context) => matchesPattern(written, requested, context);
const bool: Compare = (requested, written) => requested.toLowerCase() === written.toLowerCase();
/** Each of an ARN's six parts is compared by itself: a wildcard does not reach over a colon (IAM user guide, "ARN condition operators"). */
const arnLike: Compare = (requested, written, context) => {
  const [a, b] = [arnParts(requested), arnParts(written)];
  return a.length === 6 && b.length === 6 && b.every((part, index) => matchesPattern(part, a[index] ?? "", context));
};
const date =
  (holds: (requested: number, written: number) => boolean): Compare =>
  (requested, written) => {
    const [a, b] = [timeOf(requested), timeOf(written)];
    return a !== undefined && b !== undefined && holds(a, b);
  };

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { compare: exact, negated: false },
  StringNotEquals: { compare: exact, negated: true },
  StringEqualsIgnoreCase: { compare: exactIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { compare: exactIgnoringCase, negated: true },
  StringLike: { compare: like, negated: false },
  StringNotLike: { compare: like, negated: true },
  Bool: { compare: bool, negated: false },
  ArnEquals: { compare: arnLike, negated: false },
  ArnLike: { compare: arnLike, negated: false },
  ArnNotEquals: { compare: arnLike, negated: true },
  ArnNotLike: { compare: arnLike, negated: true },
  DateEquals: { compare: date((a, b) => a === b), negated: false },
  DateLessThan: { compare: date((a, b) => a < b), negated: false },
  DateLessThanEquals: { compare: date((a, b) => a <= b), negated: false },
  DateGreaterThan: { compare: date((a, b) => a > b), negated: false },
  DateGreaterThanEquals: { compare: date((a, b) => a >= b), negated: false },
};

/** An operator that this evaluator does not know: refused loudly, never taken as true or false. */
export class UnknownOperator extends Error {}

/**
 * Do all conditions of a statement hold? Operators and keys are joined by AND, values by OR (for negated ones by NOR).
 *
 * @throws UnknownOperator
 */
export function conditionsHold(condition: PolicyStatement["Condition"], context: RequestContext): boolean {
  return Object.entries(condition ?? {}).every(([name, keys]) =>
    Object.entries(keys).every(([key, written]) => operatorHolds(name, key, many(written).map(String), context)),
  );
}

function operatorHolds(name: string, key: string, written: readonly string[], context: RequestContext): boolean {
  const requested = contextValues(context, key);
  if (name === "Null") return written.some((value) => (value.toLowerCase() === "true") === (requested === undefined));
  const ifExists = name.endsWith("IfExists");
  const operator = OPERATORS[ifExists ? name.slice(0, -"IfExists".length) : name];
  if (!operator) throw new UnknownOperator(`the condition operator ${name} is not simulated`);
  if (requested === undefined) return ifExists || operator.negated;
  const matches = requested.some((value) => written.some((text) => operator.compare(value, text, context)));
  return operator.negated ? !matches : matches;
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")].filter((_, index) => index < 5 || parts.length > 5);
}

function timeOf(text: string): number | undefined {
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
