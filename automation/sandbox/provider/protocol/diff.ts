import type { Json, Props } from "../../account/estate";
import type { TypeFacts } from "../facts/facts";
import { sameValue, type Comparison } from "./compare";
import { UNKNOWN } from "./values";

/** One changed property, as `--json` and the engine's events show it. */
export interface PropertyChange {
  /** Pulumi property path, e.g. `tags.Name`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replace: boolean;
}

/** Arguments of diffInputs. */
export interface DiffArgs {
  readonly facts: TypeFacts;
  /** Outputs of the last deployment or refresh. */
  readonly state: Props;
  readonly oldInputs: Props;
  readonly news: Props;
  readonly ignore: readonly string[];
  /** Region of the provider instance. */
  readonly region: string;
  /** Tags that the provider instance gives to everything. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Inputs that AWS fills when left out. */
  readonly filled: readonly string[];
  readonly comparisons: Readonly<Record<string, Comparison>>;
  /** Conditional replacements of the type: names of further inputs that replace. */
  readonly replaceWhen: (state: Props, news: Props, changed: readonly string[]) => readonly string[];
}

/** Compares new inputs with the state, as the bridge does. Empty: nothing to do. */
export function diffInputs(args: DiffArgs): PropertyChange[] {
  const keys = Object.keys(args.facts.inputs).filter(
    (key) => key !== "tags" && key !== "region" && !isIgnored(key, args.ignore),
  );
  const changed = keys.flatMap((key) => {
    const kind = changeOf(key, args);
    return kind ? [{ key, kind }] : [];
  });
  const names = changed.map(({ key }) => key);
  const replacing = new Set([...args.facts.replace, ...args.replaceWhen(args.state, args.news, names)]);
  return [
    ...changed.map(({ key, kind }) => ({ path: key, kind, replace: replacing.has(key) })),
    ...regionChange(args),
    ...tagChanges(args),
  ];
}

function changeOf(key: string, args: DiffArgs): PropertyChange["kind"] | undefined {
  const [wanted, actual] = [args.news[key], args.state[key]];
  if (wanted === undefined) {
    const gone = args.oldInputs[key] !== undefined && actual !== undefined && !args.filled.includes(key);
    return gone ? "delete" : undefined;
  }
  if (sameValue(wanted, actual, args.facts.inputs[key] ?? "string", args.comparisons[key] ?? "plain")) return undefined;
  return actual === undefined ? "add" : "update";
}

function regionChange(args: DiffArgs): PropertyChange[] {
  if (!args.facts.regional || isIgnored("region", args.ignore)) return [];
  const wanted = args.news.region ?? args.region;
  return args.state.region === undefined || wanted === args.state.region
    ? []
    : [{ path: "region", kind: "update", replace: true }];
}

function tagChanges(args: DiffArgs): PropertyChange[] {
  if (!args.facts.taggable || isIgnored("tags", args.ignore)) return [];
  const [wanted, actual] = [args.news.tags, args.state.tags];
  const own =
    wanted === UNKNOWN
      ? [{ path: "tags", kind: "update", replace: false } as const]
      : mapChanges("tags", asMap(wanted), asMap(actual));
  if (own.length > 0) return own;
  return mapChanges("tagsAll", allTags(args.defaultTags, wanted), asMap(args.state.tagsAll));
}

function mapChanges(name: string, wanted: Props, actual: Props): PropertyChange[] {
  const path = (key: string): string =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${name}.${key}` : `${name}[${JSON.stringify(key)}]`;
  return [...new Set([...Object.keys(wanted), ...Object.keys(actual)])].flatMap((key): PropertyChange[] => {
    if (wanted[key] === actual[key]) return [];
    const kind = actual[key] === undefined ? "add" : wanted[key] === undefined ? "delete" : "update";
    return [{ path: path(key), kind, replace: false }];
  });
}

/** All tags of an object: the provider's own under the resource's. */
export function allTags(defaults: Readonly<Record<string, string>>, tags: Json | undefined): Props {
  return { ...defaults, ...asMap(tags) };
}

function asMap(value: Json | undefined): Props {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function isIgnored(key: string, ignore: readonly string[]): boolean {
  return ignore.some((path) => path === key || path === "*");
}
