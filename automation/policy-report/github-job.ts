import { appendFileSync } from "node:fs";
import path from "node:path";
import type { CommandContext } from "../core/command-context";
import { annotations } from "./annotations";
import type { ToldFinding } from "./finding-text";
import { markdownSummary } from "./markdown";

/**
 * Tells a job of GitHub Actions what was found; anywhere else nothing happens. Annotations go to stderr, which the runner reads as
 * well: stdout is the result alone. The summary is appended to the file that GitHub names (GitHub Docs, "Adding a job summary"); one
 * that cannot be written is said and stops nothing.
 *
 * @param closing - the line below the summary's table
 * @param annotate - false where stdout has the annotations already
 */
export function tellGithub(
  { findings, closing, annotate = true }: { findings: readonly ToldFinding[]; closing: string; annotate?: boolean },
  context: Pick<CommandContext, "cwd" | "env" | "stderr" | "reporter">,
): void {
  if (context.env.GITHUB_ACTIONS !== "true") return;
  if (annotate) context.stderr(annotations(findings));
  const summary = context.env.GITHUB_STEP_SUMMARY;
  if (summary === undefined || summary === "") return;
  try {
    appendFileSync(path.resolve(context.cwd, summary), markdownSummary(findings, closing));
  } catch {
    const text = "the job's summary (GITHUB_STEP_SUMMARY) cannot be written";
    context.reporter.report({ type: "policies.note", stage: "Policies", mark: "note", text });
  }
}
