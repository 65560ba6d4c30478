import type { CommandContext } from "../core/command-context";
import type { ToldFinding } from "../policy-report/finding-text";
import { tellGithub } from "../policy-report/github-job";

/** What the pack says of a run as a whole is nobody's finding. */
const ABOUT_THE_RUN = new Set(["decided-at-apply", "exemptions"]);

/** Runs something that passes the gate, and tells a job of GitHub Actions what the rules said, also when they stopped it. */
export async function withGateJob<T>(
  context: CommandContext,
  run: (context: CommandContext) => Promise<T>,
): Promise<T> {
  // `up` hears of the same finding at the gate and again at the apply.
  const found = new Map<string, ToldFinding>();
  let looked = false;
  const report: CommandContext["reporter"]["report"] = (event) => {
    if (event.type.startsWith("gate.")) looked = true;
    const finding = event.data as unknown as ToldFinding;
    if (event.type === "gate.found" && !ABOUT_THE_RUN.has(finding.rule)) found.set(JSON.stringify(finding), finding);
    context.reporter.report(event);
  };
  try {
    return await run({ ...context, reporter: { report } });
  } finally {
    const findings = [...found.values()];
    const mandatory = findings.filter(({ level }) => level === "mandatory").length;
    const closing = `${mandatory} mandatory, ${findings.length - mandatory} advisory`;
    if (looked) tellGithub({ findings, closing }, context);
  }
}
