import { terminalText } from "../core/terminal-text";
import type { ToldFinding } from "./finding-text";

/**
 * Findings as workflow commands of GitHub Actions, one a line, errors first: GitHub shows ten of each kind for a step.
 * Source: GitHub Docs, "Workflow commands for GitHub Actions"; the escapes are those of `@actions/core`.
 *
 * @example annotations([finding]) // "::error title=sg-no-world::legacy-web (aws:ec2/…): ingress.0 is open to the world. Name …\n"
 */
export function annotations(findings: readonly ToldFinding[]): string {
  const of = (level: ToldFinding["level"]): ToldFinding[] => findings.filter((finding) => finding.level === level);
  return [...of("mandatory"), ...of("advisory")].map((finding) => `${command(finding)}\n`).join("");
}

function command(finding: ToldFinding): string {
  const { rule, level, resource, type, text } = finding;
  const kind = level === "mandatory" ? "error" : "warning";
  const where = type === "" ? resource : `${resource} (${type})`;
  return `::${kind} title=${property(rule)}::${message(`${where}: ${text}`)}`;
}

function message(text: string): string {
  return terminalText(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
