import { Option } from "commander";
import { parseOptions } from "../client/command-options";
import type { CommandContext } from "../core/command-context";
import { annotations } from "../policy-report/annotations";
import { checkText } from "../policy-report/check-text";
import { toldFindings } from "../policy-report/finding-text";
import { tellGithub } from "../policy-report/github-job";
import { jsonReport } from "../policy-report/json-report";
import { markdownSummary } from "../policy-report/markdown";
import { summaryLine } from "../policy-report/summary-line";
import { checkState } from "../policy-state/check-state";
import { RULES, type CheckReport } from "../../policies/library";
import { checkedSource, type SourceOptions } from "./policies-source";

const FORMATS = ["text", "json", "github", "markdown"] as const;
const STOPPED = 3;

interface Options extends SourceOptions {
  readonly format: (typeof FORMATS)[number];
}

const EXAMPLES = `
Without --stack and --state: the platform stack of --env, by the rules as its file configures them.
In GitHub Actions the findings also become annotations and a part of the job's summary.

Examples:
  sallyport policies check                                   the environment dev
  sallyport policies check --stack organization/shop/prod    any stack; run it in the folder of its Pulumi.yaml
  sallyport policies check --state state.json                what "pulumi stack export" wrote
  sallyport policies check --env prod --format markdown > found.md

Exit codes: 0 nothing mandatory, 1 the engine failed, 2 bad files, 3 something mandatory was found.`;

/** `sallyport policies check`: the rules against what already exists, without the program that made it. Changes nothing. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command
        .name("sallyport policies check")
        .description(
          "What the rules say of the resources in a stack's state. Reads the state only; secrets stay unread.",
        )
        .option("--env <env>", "the environment: the name of Pulumi.<env>.yaml", "dev")
        .addOption(new Option("--stack <stack>", "another stack, by name").conflicts("state"))
        .option("--state <file>", "a file with an exported state")
        .option("--config <file>", "levels, settings and exemptions of rules, as for pulumi --policy-pack-config")
        .option("--no-install", "neither download nor build a Pulumi engine")
        .addOption(new Option("--format <format>", "how findings are printed").choices(FORMATS).default("text"))
        .addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const { state, configuration, from } = await checkedSource(options, context);
  for (const pending of state.pending) say(context, `left open by a killed run, and not looked at: ${pending}`);
  const report = checkState(RULES, state, configuration, new Date(context.clock.now()).toISOString().slice(0, 10));
  const exitCode = report.findings.some(({ level }) => level === "mandatory") ? STOPPED : 0;
  const format = context.json ? "json" : options.format;
  context.stdout(
    format === "json"
      ? jsonReport(report, { from, pending: state.pending }, exitCode)
      : TEXTS[format](report, context.env.LC_ALL === "C"),
  );
  tellGithub(
    { findings: toldFindings(report.findings), closing: summaryLine(report), annotate: format !== "github" },
    context,
  );
  return exitCode;
}

const TEXTS: Readonly<Record<Exclude<Options["format"], "json">, (report: CheckReport, ascii: boolean) => string>> = {
  text: checkText,
  github: ({ findings }) => annotations(toldFindings(findings)),
  markdown: (report) => markdownSummary(toldFindings(report.findings), summaryLine(report)),
};

function say(context: CommandContext, text: string): void {
  context.reporter.report({ type: "policies.note", stage: "Policies", mark: "note", text });
}
