import type { CheckReport } from "../../policies/library";

/** What a check counted. */
export type Counted = Pick<CheckReport, "findings" | "exempted" | "resources" | "rules">;

/**
 * The last line of a check.
 *
 * @example summaryLine(report) // "41 resources, 72 rules: 2 mandatory, 5 advisory, 1 exempted"
 */
export function summaryLine({ findings, exempted, resources, rules }: Counted): string {
  const mandatory = findings.filter(({ level }) => level === "mandatory").length;
  return (
    `${counted(resources, "resource")}, ${counted(rules, "rule")}: ` +
    `${mandatory} mandatory, ${findings.length - mandatory} advisory, ${exempted.length} exempted`
  );
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
