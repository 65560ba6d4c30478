import { terminalText } from "../core/terminal-text";
import type { ToldFinding } from "./finding-text";

/**
 * Findings as a section of a page in GitHub's Markdown, e.g. a job's summary.
 *
 * @param closing - the line below the table, e.g. of `summaryLine`
 */
export function markdownSummary(findings: readonly ToldFinding[], closing: string): string {
  const rows = findings.map((finding) => {
    const { rule, level, severity, resource, type, text } = finding;
    const where = type === "" ? [resource] : [resource, type];
    return row([level, severity, rule, where.join(" · "), text].map(cell));
  });
  const table = rows.length === 0 ? ["Nothing found."] : [row(HEAD), row(HEAD.map(() => "---")), ...rows];
  return ["## Policies", "", ...table, "", cell(closing), ""].join("\n");
}

const HEAD = ["level", "severity", "rule", "resource", "what to do"] as const;

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/**
 * Text as a cell: one line, in which nothing is markup. A backslash before punctuation makes it plain, the table's own bar too, and
 * keeps addresses and names from becoming links (GitHub Flavored Markdown Spec, "Backslash escapes", "Tables", "Autolinks").
 *
 * @example cell("a|b <b>") // "a\\|b \\<b\\>"
 */
function cell(text: string): string {
  return terminalText(text)
    .replace(/[\\`*_[\]<>|~&#!:@]/g, "\\$&")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\\.`);
}
