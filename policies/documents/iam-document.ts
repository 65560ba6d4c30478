import { isObject, isSet } from "../values";
import { globMatches, globMeets } from "./glob";

/** Actions or resources of a statement: those listed, or all but those listed (NotAction, NotResource). */
export interface Scope {
  readonly inverted: boolean;
  readonly patterns: readonly string[];
}

/** One key of a condition, names in lower case as IAM compares them. */
export interface ConditionTest {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** One statement (IAM user guide, "IAM JSON policy elements reference"). */
export interface Statement {
  /** Where it stands, e.g. `Statement[0]`: never its Sid, which is a value. */
  readonly place: string;
  /** All that is not exactly Deny counts as Allow. */
  readonly allows: boolean;
  readonly actions: Scope;
  readonly resources: Scope;
  readonly conditions: readonly ConditionTest[];
  /** Who it speaks of; none in the policies of identities. */
  readonly principals: readonly Principal[];
}

/** One principal of a statement. */
export interface Principal {
  /** `*` for everybody, else the kind as it stands there, e.g. `AWS`, `Service`, `Federated`. */
  readonly kind: string;
  readonly name: string;
  /** NotPrincipal: all but this one. */
  readonly inverted: boolean;
}

/** A policy document, or why it cannot be read as one. */
export type IamDocument = { readonly statements: readonly Statement[] } | { readonly problem: string };

/**
 * Reads a policy document: JSON text or the object itself, a list of statements or one, lists or single values everywhere.
 * What cannot be read is a problem for the rule to report, so that no broken document passes.
 *
 * @example readIamDocument('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}')
 */
export function readIamDocument(value: unknown): IamDocument {
  return readDocument(value, "required");
}

/** Reads a policy that stands on a resource, e.g. a role's trust or a key's policy: Resource may be missing there. */
export function readResourcePolicy(value: unknown): IamDocument {
  return readDocument(value, "optional");
}

function readDocument(value: unknown, resource: "required" | "optional"): IamDocument {
  const document = typeof value === "string" ? parsed(value) : value;
  if (!isObject(document)) return { problem: "is not a policy document in JSON" };
  const listed = member(document, "statement");
  const list = Array.isArray(listed) ? (listed as unknown[]) : [listed];
  const statements: Statement[] = [];
  for (const [index, entry] of list.entries()) {
    const statement = isObject(entry) ? statementOf(entry, `Statement[${index}]`, resource) : undefined;
    if (statement === undefined) return { problem: `has no readable Statement[${index}]` };
    statements.push(statement);
  }
  return { statements };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A member by its name in any case; two spellings of one name make it unreadable. */
function member(object: Readonly<Record<string, unknown>>, name: string): unknown {
  const keys = Object.keys(object).filter((key) => key.toLowerCase() === name);
  return keys.length === 1 ? object[keys[0] as string] : undefined;
}

function statementOf(
  entry: Readonly<Record<string, unknown>>,
  place: string,
  resource: "required" | "optional",
): Statement | undefined {
  const actions = scopeOf(entry, "action");
  const resources = resource === "optional" && !names(entry, "resource") ? ITSELF : scopeOf(entry, "resource");
  const conditions = conditionsOf(member(entry, "condition"));
  const principals = principalsOf(entry);
  if (!actions || !resources || !conditions || !principals) return undefined;
  return { place, allows: member(entry, "effect") !== "Deny", actions, resources, conditions, principals };
}

/** What a statement without Resource speaks of: the resource that it stands on. */
const ITSELF: Scope = { inverted: false, patterns: ["*"] };

function names(entry: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.keys(entry).some((key) => [name, `not${name}`].includes(key.toLowerCase()));
}

function principalsOf(entry: Readonly<Record<string, unknown>>): Principal[] | undefined {
  if (!names(entry, "principal")) return [];
  const direct = member(entry, "principal");
  const value = direct ?? member(entry, "notprincipal");
  const inverted = direct === undefined;
  if (value === "*") return [{ kind: "*", name: "*", inverted }];
  if (!isObject(value)) return undefined;
  const principals: Principal[] = [];
  for (const [kind, listed] of Object.entries(value)) {
    const list = texts(listed);
    if (!list) return undefined;
    principals.push(...list.map((name) => ({ kind, name, inverted })));
  }
  return principals;
}

function scopeOf(entry: Readonly<Record<string, unknown>>, name: string): Scope | undefined {
  const direct = texts(member(entry, name));
  const inverted = texts(member(entry, `not${name}`));
  if (direct && !inverted) return { inverted: false, patterns: direct };
  if (inverted && !direct) return { inverted: true, patterns: inverted };
  return undefined;
}

function texts(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? [...(value as unknown[])] : [value];
  return list.every((each) => typeof each === "string") ? list : undefined;
}

function conditionsOf(value: unknown): ConditionTest[] | undefined {
  if (!isSet(value)) return [];
  if (!isObject(value)) return undefined;
  return Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, expected]) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: (Array.isArray(expected) ? [...(expected as unknown[])] : [expected]).map(String),
    })),
  );
}

/** Whether a statement's actions cover an action; case does not matter, as in IAM. */
export function coversAction({ actions }: Statement, action: string): boolean {
  const matched = actions.patterns.some((pattern) => globMatches(pattern.toLowerCase(), action.toLowerCase()));
  return matched !== actions.inverted;
}

/** A policy variable (`${aws:…}`) stands for any text here; `${*}`, `${?}` and `${$}` are the characters themselves. */
const VARIABLE = /\$\{[^}]*\}/g;

/**
 * Whether a resource of a statement may name something of a shape (see `globMeets`).
 *
 * @example mayName("arn:aws:ssm:*", "arn:%:ssm:%:%:document/*") // true
 */
export function mayName(resource: string, shape: string): boolean {
  return globMeets(resource.replace(VARIABLE, "*"), shape);
}

/** Longer than the name of any action, so that only `*` covers it. */
const ANYTHING = "*".repeat(200);

/**
 * Whether a statement's actions cover some action of a shape, e.g. `secretsmanager:*`. NotAction leaves out what one of its
 * patterns covers whole.
 */
export function mayAllow({ actions }: Statement, shape: string): boolean {
  const [wanted, patterns] = [shape.toLowerCase(), actions.patterns.map((pattern) => pattern.toLowerCase())];
  if (actions.inverted) return !patterns.some((pattern) => globMatches(pattern, wanted.replaceAll("*", ANYTHING)));
  return patterns.some((pattern) => globMeets(pattern, wanted));
}
