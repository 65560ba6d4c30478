import type { CheckReport } from "../../policies/library";

/** Where the checked resources come from. */
export interface CheckedFrom {
  /** Stack or file, as it was named. */
  readonly from: string;
  /** Operations that a killed run left open. */
  readonly pending: readonly string[];
}

/** A check as one JSON document; its keys are kept from version to version. */
export function jsonReport(report: CheckReport, from: CheckedFrom, exitCode: number): string {
  const document = { v: 1, ok: exitCode === 0, exitCode, ...from, ...report };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
