import { existsSync } from "node:fs";
import { chmod, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { SallyportError } from "../core/errors";
import type { ConfigValue } from "./stack-engine";

/** What the engine wrote into a stack's settings to encrypt its secrets: kept, or the next run could not read them. */
const ENCRYPTION_KEYS = ["secretsprovider", "encryptedkey", "encryptionsalt"] as const;

/** The configuration of a stack, told apart into what a settings file may hold and what must be encrypted first. */
export interface SplitConfig {
  readonly plain: Readonly<Record<string, ConfigValue>>;
  readonly secret: Readonly<Record<string, string>>;
}

/**
 * Makes a stack's private folder, 0700.
 *
 * @throws SallyportError INTERNAL for a folder that is under version control by itself: the engine rewrites settings there
 */
export async function prepareWorkDir(workDir: string): Promise<void> {
  if (existsSync(path.join(workDir, ".git"))) {
    throw new SallyportError("INTERNAL", { message: `The engine must not work in ${workDir}: it is a repository.` });
  }
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  await chmod(workDir, 0o700);
}

/** The encryption keys of the stack's settings file of an earlier run; none when there was none. */
export async function readEncryption(workDir: string, stack: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(path.join(workDir, `Pulumi.${stack}.yaml`), "utf8").catch(() => "");
  const settings = (parse(text) ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    ENCRYPTION_KEYS.flatMap((key) => (typeof settings[key] === "string" ? [[key, settings[key]]] : [])),
  );
}

/**
 * Tells secrets from plain values. A secret is an object with `secret` and nothing else.
 *
 * @example
 * splitConfig({ "aws:region": "eu-west-2", "app:key": { secret: "x" } })
 * // { plain: { "aws:region": "eu-west-2" }, secret: { "app:key": "x" } }
 */
export function splitConfig(config: Readonly<Record<string, ConfigValue>>): SplitConfig {
  const plain: Record<string, ConfigValue> = {};
  const secret: Record<string, string> = {};
  for (const [key, value] of Object.entries(config)) {
    if (isSecret(value)) secret[key] = value.secret;
    else plain[key] = value;
  }
  return { plain, secret };
}

function isSecret(value: ConfigValue): value is { secret: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).join() === "secret" &&
    typeof (value as { secret: ConfigValue }).secret === "string"
  );
}
