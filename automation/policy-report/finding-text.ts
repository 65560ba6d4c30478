import type { Finding } from "../../policies/library";

/** A finding as pages and annotations show it, whoever made it: a check, or the engine at a gate. */
export interface ToldFinding extends Pick<Finding, "rule" | "level" | "severity" | "resource" | "type"> {
  /** What stands there and how to mend it, as sentences. */
  readonly text: string;
}

/** Findings of a check, as they are told. */
export function toldFindings(findings: readonly Finding[]): ToldFinding[] {
  return findings.map((finding) => ({ ...finding, text: findingText(finding) }));
}

/**
 * A finding as sentences: what stands there, how to mend it, and the exemption that ended.
 *
 * @example findingText(finding) // "ingress.0 is open to the world. Name the source. Its exemption ended on 2027-01-31."
 */
export function findingText({ found, fix, expired }: Finding): string {
  // What is said of an exemption that covers nothing any more names its day already.
  const ended = expired === undefined || found.includes(expired) ? "" : ` Its exemption ended on ${expired}.`;
  return `${found}. ${fix}.${ended}`;
}
