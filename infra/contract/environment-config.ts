import type { z } from "zod";
import { secondsOf } from "./duration";
import { environmentSchema } from "./environment-schema";
import { resultOf, seenText, type Problem, type Result } from "./result";
import { problemsOf } from "./schema";
import { plainSource, readYaml, type YamlSource } from "./yaml-source";

/** The infrastructure of one environment: the checked content of `Pulumi.<env>.yaml`. */
export interface EnvironmentConfig {
  readonly region: string;
  /** Path of access.yaml, relative to the folder of Pulumi.yaml. */
  readonly accessFile: string;
  readonly network: { readonly cidr: string; readonly zones: 2 | 3 };
  readonly bastion: { readonly instanceType: string };
  readonly clusters: Readonly<Record<string, ClusterConfig>>;
  /** Levels, settings and exemptions of policy rules by rule, as Pulumi's `--policy-pack-config` takes them. */
  readonly policies: Readonly<Record<string, unknown>>;
}

/** One Aurora cluster. */
export interface ClusterConfig {
  readonly engine: "aurora-postgresql";
  /** `16` (RDS chooses the minor version) or `16.4`. */
  readonly version: string;
  /** Aurora capacity units; `pauseAfterSeconds` only where min is 0. */
  readonly capacity: { readonly min: number; readonly max: number; readonly pauseAfterSeconds?: number };
  readonly deletionProtection: boolean;
  readonly databases: Readonly<Record<string, DatabaseConfig>>;
}

/** One logical database. */
export interface DatabaseConfig {
  /** NOLOGIN role that owns the objects. */
  readonly owner: string;
  readonly schemas: readonly string[];
}

/** One environment with its name (the Pulumi stack's name). */
export interface Environment {
  readonly name: string;
  readonly config: EnvironmentConfig;
}

/** Pause of a cluster that may scale to 0, when the file says none. */
const DEFAULT_PAUSE_SECONDS = 1800;

/** What Pulumi itself writes beside `config` (Pulumi docs, "Stack settings file reference"). */
const PULUMI_KEYS = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

/**
 * Parses and checks the text of `Pulumi.<env>.yaml`. All problems at once, with paths from `config`.
 *
 * @example parseEnvironmentConfig('config: { "aws:region": eu-west-2 }') // problem: config.sallyport:network: seen nothing; …
 */
export function parseEnvironmentConfig(text: string): Result<EnvironmentConfig> {
  const { source, problems } = readYaml(text);
  if (problems.length > 0) return { ok: false, problems };
  const file = (source.raw ?? {}) as Record<string, unknown>;
  const foreign = Object.keys(file)
    .filter((key) => !PULUMI_KEYS.includes(key))
    .map((key): Problem => ({
      path: key,
      seen: "an unknown key",
      expected: `one of the keys ${PULUMI_KEYS.join(", ")}`,
    }));
  return check(file["config"] ?? {}, source, ["config"], foreign);
}

/**
 * The same from a program's own configuration, e.g. `pulumi.runtime.allConfig()`: keys `namespace:name`, objects as JSON text.
 */
export function environmentConfigOf(values: Readonly<Record<string, string | undefined>>): Result<EnvironmentConfig> {
  const problems: Problem[] = [];
  const raw: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || !isOurs(key)) continue;
    try {
      raw[key] = /^\s*[{[]/.test(value) ? JSON.parse(value) : value;
    } catch {
      problems.push({ path: key, seen: seenText(value), expected: "valid JSON" });
    }
  }
  return check(raw, plainSource(raw), [], problems);
}

function check(
  raw: unknown,
  source: YamlSource,
  prefix: readonly PropertyKey[],
  before: readonly Problem[],
): Result<EnvironmentConfig> {
  const ours = typeof raw === "object" && raw !== null ? onlyOurs(raw as Record<string, unknown>) : raw;
  const parsed = environmentSchema.safeParse(ours);
  const found = [...before, ...(parsed.success ? [] : problemsOf(parsed.error.issues, source, prefix))];
  return resultOf(found, () => configOf(parsed.data as z.infer<typeof environmentSchema>));
}

function onlyOurs(config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).filter(([key]) => isOurs(key)));
}

function isOurs(key: string): boolean {
  return key === "aws:region" || key.startsWith("sallyport:");
}

function configOf(raw: z.infer<typeof environmentSchema>): EnvironmentConfig {
  const { cidr, zones } = raw["sallyport:network"];
  const clusters = Object.entries(raw["sallyport:clusters"]).map(
    ([name, cluster]) => [name, clusterOf(cluster)] as const,
  );
  return {
    region: raw["aws:region"],
    accessFile: raw["sallyport:accessFile"],
    network: { cidr, zones },
    bastion: { instanceType: raw["sallyport:bastion"].instanceType },
    clusters: Object.fromEntries(clusters),
    policies: raw["sallyport:policies"],
  };
}

function clusterOf(raw: z.infer<typeof environmentSchema>["sallyport:clusters"][string]): ClusterConfig {
  const { min, max, pauseAfter } = raw.capacity;
  const pause = min === 0 ? { pauseAfterSeconds: secondsOf(pauseAfter ?? "") ?? DEFAULT_PAUSE_SECONDS } : {};
  return {
    engine: raw.engine,
    version: raw.version,
    capacity: { min, max, ...pause },
    deletionProtection: raw.deletionProtection,
    databases: raw.databases,
  };
}
