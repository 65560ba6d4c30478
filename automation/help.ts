import { COMMANDS, type CommandEntry } from "./commands/index";

const GROUPS: readonly CommandEntry["group"][] = ["platform", "people", "try it"];

/** `sallyport --help`: the groups, a line per command, where to read on. */
export function helpText(version: string): string {
  const out = [
    `sallyport ${version}: single sign-on to a private RDS or Aurora database`,
    "",
    "Usage: sallyport <command> [options]",
    "",
  ];
  for (const group of GROUPS) {
    out.push(`${group[0]?.toUpperCase() ?? ""}${group.slice(1)}`);
    for (const [name, entry] of Object.entries(COMMANDS)) {
      if (entry.group === group) out.push(`  ${name.padEnd(12)}${entry.summary}`);
    }
    out.push("");
  }
  out.push("Options for every command: --json  --quiet  --debug  --help", "");
  out.push("A first row without an AWS account:");
  out.push("  sallyport sandbox start --up --detach");
  out.push("  sallyport login --as jane@example.com");
  out.push('  sallyport connect --role developer --command "select current_user"', "");
  out.push(
    "Environment: HTTPS_PROXY, NO_PROXY, AWS_CA_BUNDLE, AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT (README)",
    "",
  );
  out.push("Exit codes: 0 done · 1 failed · 2 usage · 3 policy · 4 changes · 5 not permitted · 6 cannot reach");
  out.push("            7 part done, run again · 130/143 interrupted");
  return `${out.join("\n")}\n`;
}

/** The command name that a mistyped one is nearest to (edit distance ≤ 2), if any. */
export function nearestCommand(typed: string): string | undefined {
  const near = Object.keys(COMMANDS)
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= 2 ? near.name : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
