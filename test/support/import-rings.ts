import path from "node:path";

/** A folder of the house and the folders that it may import from (itself always included). */
export interface Ring {
  readonly folder: string;
  readonly mayImport: readonly string[];
}

/**
 * The rings of ARCHITECTURE.md, longest folder first wins.
 * `core ← network ← {aws, auth, tunnel, proxy, pulumi} ← door ← {runner, client} ← commands ← cli`; the sandbox is a house of its own.
 */
export const RINGS: readonly Ring[] = [
  { folder: "infra/contract", mayImport: [] },
  { folder: "infra", mayImport: ["infra/contract"] },
  { folder: "policies", mayImport: [] },
  { folder: "automation/core", mayImport: [] },
  { folder: "automation/network", mayImport: ["automation/core"] },
  { folder: "automation/aws", mayImport: ["automation/core", "automation/network", "infra/contract"] },
  {
    folder: "automation/auth",
    mayImport: ["automation/core", "automation/network", "automation/aws", "infra/contract"],
  },
  { folder: "automation/tunnel", mayImport: ["automation/core", "automation/network"] },
  { folder: "automation/proxy", mayImport: ["automation/core"] },
  { folder: "automation/pulumi", mayImport: ["automation/core", "automation/network"] },
  {
    folder: "automation/door",
    mayImport: [
      "automation/core",
      "automation/network",
      "automation/aws",
      "automation/auth",
      "automation/tunnel",
      "automation/proxy",
      "infra/contract",
    ],
  },
  {
    folder: "automation/runner",
    mayImport: [
      "automation/core",
      "automation/network",
      "automation/aws",
      "automation/auth",
      "automation/tunnel",
      "automation/proxy",
      "automation/pulumi",
      "automation/door",
      "infra/contract",
    ],
  },
  { folder: "automation/runner/stack-child", mayImport: ["automation/core", "automation/pulumi", "infra"] },
  {
    folder: "automation/policy-state",
    mayImport: ["automation/core", "automation/pulumi", "infra/contract", "policies"],
  },
  { folder: "automation/policy-report", mayImport: ["automation/core", "policies"] },
  {
    folder: "automation/client",
    mayImport: [
      "automation/core",
      "automation/network",
      "automation/aws",
      "automation/auth",
      "automation/door",
      "automation/tunnel",
      "automation/proxy",
      "infra/contract",
    ],
  },
  {
    folder: "automation/demo",
    mayImport: [
      "automation/core",
      "automation/aws",
      "automation/client",
      "automation/door",
      "automation/proxy",
      "infra/contract",
    ],
  },
  { folder: "automation/sandbox", mayImport: ["automation/core", "automation/tunnel/wire"] },
  {
    folder: "automation/commands",
    mayImport: [
      "automation/demo",
      "automation/core",
      "automation/network",
      "automation/aws",
      "automation/auth",
      "automation/pulumi",
      "automation/door",
      "automation/runner",
      "automation/client",
      "automation/policy-state",
      "automation/policy-report",
      "infra/contract",
    ],
  },
  { folder: "automation", mayImport: ["automation/commands", "automation/core"] },
];

/** Commands that may reach into the sandbox. */
export const SANDBOX_COMMANDS = /^automation\/commands\/(sandbox|demo|login)/;

/** Who may reach into the pack; the gate loads the compiled one and takes its types alone from here. */
export const POLICY_USERS = /^automation\/(commands\/policies|runner\/open-gate)/;

/** The ring of a file: the longest folder that holds it. */
export function ringOf(file: string, rings: readonly Ring[] = RINGS): Ring | undefined {
  return [...rings]
    .sort((a, b) => b.folder.length - a.folder.length)
    .find((ring) => file.startsWith(`${ring.folder}/`));
}

/** What is wrong with one import, or `undefined`. `imported` is as written, e.g. `../core/errors`. */
export function importProblem(file: string, imported: string): string | undefined {
  if (!imported.startsWith(".")) return undefined;
  const target = path.posix.join(path.posix.dirname(file), imported);
  const from = ringOf(file);
  if (!from) return `${file} lies in no ring`;
  if (target.startsWith("automation/sandbox/") && SANDBOX_COMMANDS.test(file)) return undefined;
  if (target.startsWith("policies/") && POLICY_USERS.test(file)) return undefined;
  const allowed = [from.folder, ...from.mayImport];
  const to = ringOf(`${target}.ts`);
  if (to && (to.folder === from.folder || allowed.some((folder) => target.startsWith(`${folder}/`)))) return undefined;
  return `${file} imports ${target}: ${from.folder} may import ${from.mayImport.join(", ") || "nothing of ours"}`;
}
