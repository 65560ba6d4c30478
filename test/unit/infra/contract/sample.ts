import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAccessFile, type AccessFile } from "../../../../infra/contract/access-file";
import { parseEnvironmentConfig, type Environment } from "../../../../infra/contract/environment-config";
import type { Problem, Result } from "../../../../infra/contract/result";

/** The repository's root. */
export const ROOT = join(__dirname, "..", "..", "..", "..");

/** The committed access.yaml. */
export const ACCESS_TEXT = readFileSync(join(ROOT, "access.yaml"), "utf8");

/** The committed Pulumi.dev.yaml. */
export const DEV_TEXT = readFileSync(join(ROOT, "Pulumi.dev.yaml"), "utf8");

/** The value of a result that must be good. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.value;
}

/** The problems of a result that must be bad, as `path | seen | expected`. */
export function problemLines(result: Result<unknown>): string[] {
  if (result.ok) throw new Error("no problem was found");
  return result.problems.map(problemLine);
}

/** One problem as `path | seen | expected`. */
export function problemLine({ path, seen, expected }: Problem): string {
  return `${path} | ${seen} | ${expected}`;
}

/** The committed access file, or another one: roles and access as YAML flow text. */
export function accessOf(roles?: string, access?: string): AccessFile {
  if (roles === undefined) return valueOf(parseAccessFile(ACCESS_TEXT));
  return valueOf(parseAccessFile(`${accessHead()}\nroles: ${roles}\naccess: ${access ?? "[]"}\n`));
}

/** Estate and identity of a valid file. */
export function accessHead(): string {
  return [
    "estate: payments",
    'identity: { startUrl: "https://d-1.awsapps.com/start", region: eu-west-1, account: "222233334444", attribute: { key: dbuser, source: "${path:userName}" } }',
  ].join("\n");
}

/** The environment dev as committed. */
export function dev(): Environment {
  return { name: "dev", config: valueOf(parseEnvironmentConfig(DEV_TEXT)) };
}
