import type { CheckReport, Finding } from "../../policies/library";
import { terminalText } from "../core/terminal-text";
import { summaryLine } from "./summary-line";

/**
 * A check for people: each finding with what stands there and how to mend it, then what was not decided, each said once, then the count.
 *
 * @param ascii - true where the terminal has no other characters
 */
export function checkText(report: CheckReport, ascii = false): string {
  const { findings, undecided, notApplicable, exempted, unused } = report;
  const sections = [
    findings.flatMap((finding) => findingLines(finding, ascii)),
    section("Exempted", exempted.map(exemptedLine)),
    section(
      "Exemptions that covered nothing",
      unused.map(({ rule, resource, until }) => `${rule}  ${resource} until ${until}`),
    ),
    section(
      "Not decided, for a value is secret or unknown",
      undecided.map(({ rule, what }) => `${rule}  ${what.join(", ")}`),
    ),
    section("Not applicable", byReason(notApplicable)),
    [summaryLine(report)],
  ].filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.map(terminalText).join("\n")).join("\n\n")}\n`;
}

function findingLines({ rule, level, resource, type, found, fix, expired }: Finding, ascii: boolean): string[] {
  const mark = level === "advisory" ? "!" : ascii ? "x" : "✗";
  const where = type === "" ? resource : `${resource}  ${type}`;
  const ended = expired === undefined || found.includes(expired) ? [] : [`    Its exemption ended on ${expired}.`];
  return [`${mark} ${rule}  ${where}`, `    ${found}.`, `    ${fix}.`, ...ended];
}

function exemptedLine({ rule, resource, until, reason }: CheckReport["exempted"][number]): string {
  return `${rule}  ${resource} until ${until}: ${reason}`;
}

/** Rules that say nothing for the same reason, in one line. */
function byReason(entries: CheckReport["notApplicable"]): string[] {
  const rules = new Map<string, string[]>();
  for (const { rule, why } of entries) rules.set(why, [...(rules.get(why) ?? []), rule]);
  return [...rules].map(([why, ids]) => `${why}: ${ids.join(", ")}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}
