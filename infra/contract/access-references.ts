import { oneOf } from "./did-you-mean";
import { pathText, type Problem } from "./result";
import { loginNameFault } from "./login-name";
import { loginName } from "./names";
import type { YamlSource } from "./yaml-source";

/** What the caller knows beyond the file. */
export interface AccessContext {
  /** Names of the environments that exist; without it `in` is not compared with anything. */
  readonly environments?: readonly string[];
}

/**
 * The checks between parts of `access.yaml`. They read the raw values, not the parsed ones, so that they speak at the same
 * time as the schema: whatever has the wrong type is skipped here, for the schema has said so already.
 */
export function accessReferenceProblems(source: YamlSource, context: AccessContext): Problem[] {
  const raw = record(source.raw);
  const roles = record(raw["roles"]);
  return [
    ...quoteProblems(source),
    ...Object.keys(roles).flatMap((name) => environmentProblems(source, name, record(roles[name]), context)),
    ...list(raw["access"]).flatMap((entry, index) => entryProblems(source, index, record(entry), roles)),
    ...duplicateProblems(list(raw["access"]).map(record)),
  ];
}

/** YAML tools disagree about unquoted digits and dates: `000000000001` is a number for one and text for the other. */
function quoteProblems(source: YamlSource): Problem[] {
  const entries = list(record(source.raw)["access"]);
  const moments = entries.map((_, index) => ["access", index, "until"] as const);
  const paths: readonly (readonly PropertyKey[])[] = [["identity", "account"], ...moments];
  return paths
    .filter((path) => source.unquoted(path) && !source.seen(path).match(/^[0-9]+$/))
    .map((path) => ({
      path: pathText(path),
      seen: `${source.seen(path).replace(/^"|"$/g, "")} without quotes`,
      expected: "the same in quotes",
    }));
}

function environmentProblems(source: YamlSource, name: string, role: Fields, context: AccessContext): Problem[] {
  const known = context.environments;
  if (known === undefined) return [];
  return list(role["in"]).flatMap((environment, index) => {
    if (typeof environment !== "string" || known.includes(environment)) return [];
    const path = ["roles", name, "in", index];
    return [{ path: pathText(path), seen: source.seen(path), expected: oneOf(environment, known) }];
  });
}

function entryProblems(source: YamlSource, index: number, entry: Fields, roles: Fields): Problem[] {
  const problems: Problem[] = [];
  const at = (...path: readonly PropertyKey[]): string => pathText(["access", index, ...path]);
  const { person, group } = entry;
  if ((person === undefined) === (group === undefined) && entry["service"] === undefined) {
    const seen = person === undefined ? "neither person nor group" : "both person and group";
    problems.push({ path: at(), seen, expected: "exactly one of person, group" });
  }
  list(entry["roles"]).forEach((role, position) => {
    if (typeof role !== "string") return;
    if (!Object.hasOwn(roles, role)) {
      const seen = source.seen(["access", index, "roles", position]);
      problems.push({ path: at("roles", position), seen, expected: oneOf(role, Object.keys(roles)) });
    } else if (typeof person === "string") {
      const fault = loginNameFault(loginName(person, role, loginOf(record(roles[role]))));
      if (fault !== undefined) problems.push({ path: at("person"), seen: JSON.stringify(person), expected: fault });
    }
  });
  return problems;
}

/** A role twice for one principal would leave open which `until` holds. */
function duplicateProblems(entries: readonly Fields[]): Problem[] {
  const seen = new Map<string, string>();
  const problems: Problem[] = [];
  entries.forEach((entry, index) => {
    list(entry["roles"]).forEach((role, position) => {
      const key = JSON.stringify([entry["person"], entry["group"], role]);
      const path = pathText(["access", index, "roles", position]);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, path);
      else
        problems.push({
          path,
          seen: JSON.stringify(role),
          expected: `each role once for a principal (first at ${first})`,
        });
    });
  });
  return problems;
}

/** How a role logs in: as written, else `separate` when it owns something, so that ownership is used only when it was chosen. */
export function loginOf(role: { readonly on?: unknown; readonly login?: unknown }): "self" | "separate" {
  if (role.login === "self" || role.login === "separate") return role.login;
  return Object.values(record(role.on)).includes("owner") ? "separate" : "self";
}

type Fields = { readonly [key: string]: unknown };

function record(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
