import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Files that a project is made of. */
const FILES = ["access.yaml", "Pulumi.yaml", "Pulumi.dev.yaml"];

/** `.sallyport/demo`: a project of its own, so that neither a running sandbox nor committed files are touched. */
export function demoFolder(root: string): string {
  return path.join(root, ".sallyport", "demo");
}

/** Makes the demo's project anew from the committed files. */
export function makeDemoProject(root: string): string {
  const folder = demoFolder(root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const file of FILES) cpSync(path.join(root, file), path.join(folder, file));
  return folder;
}

/** One change of a program's text. */
export interface ProgramChange {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const RULES = "    this.rules = SECURITY_RULES.map((rule) => this.rule(name, rule, ids));\n";
const OPEN_RULE =
  '    new aws.vpc.SecurityGroupIngressRule(`${name}-open`, { securityGroupId: ids.bastion, ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" }, { parent: this });\n';

/** The change that nobody should make: the bastion's group admits the world. */
export const OPEN_BASTION: ProgramChange = {
  file: path.join("infra", "network", "security-groups.ts"),
  find: RULES,
  replace: `${RULES}${OPEN_RULE}`,
};

/**
 * A copy of `infra/` with one change, for `up --program`.
 *
 * @throws Error if the text to change does not stand exactly once: the demo would show something else than it says
 */
export function changedProgram(root: string, folder: string, change: ProgramChange): string {
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(root, "infra"), path.join(folder, "infra"), { recursive: true });
  for (const file of ["package.json", "tsconfig.json"]) cpSync(path.join(root, file), path.join(folder, file));
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  const file = path.join(folder, change.file);
  const parts = readFileSync(file, "utf8").split(change.find);
  if (parts.length !== 2)
    throw new Error(`${change.file}: ${JSON.stringify(change.find)} stands ${parts.length - 1} times`);
  writeFileSync(file, parts.join(change.replace));
  return folder;
}
