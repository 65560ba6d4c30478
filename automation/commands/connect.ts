import { readFileSync } from "node:fs";
import path from "node:path";
import { parseTarget, type Target } from "../../infra/contract/target";
import { durationOption, parseOptions } from "../client/command-options";
import { connectAndRun } from "../client/connect";
import { resultJson } from "../client/result-json";
import { resultTable } from "../client/result-table";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";

interface Options {
  readonly role?: string;
  readonly env?: string;
  readonly estate?: string;
  readonly command?: string;
  readonly file?: string;
  readonly connectTimeout: string;
  readonly allowEndpointOverride?: boolean;
}

const EXAMPLES = `
Examples:
  sallyport connect --command "select current_user"
  sallyport connect app/app --role developer --file report.sql
  sallyport connect --env prod app/app@reader --json --command "table orders"

Exit codes: 0 done, 1 the statement failed, 2 say which role or target, 5 not signed in or not permitted, 6 cannot reach.
More: sallyport status shows who is signed in.`;

/** `sallyport connect [TARGET]`: runs SQL as oneself on a private database. Results to stdout, everything else to stderr. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      command
        .name("sallyport connect")
        .description(
          "Run SQL as yourself on a private database: single sign-on, tunnel, verified TLS, a token; no password.",
        )
        .argument("[target]", "cluster[/database][@reader]; may be left out if there is only one")
        .option("--command <sql>", "the SQL to run; several statements are allowed")
        .option("--file <file>", "a file of SQL to run")
        .option("--role <role>", "which of your roles to use")
        .option("--env <env>", "which environment, if you can reach several")
        .option("--estate <estate>", "which estate, if you can reach several")
        .option("--connect-timeout <time>", "for each wait on the way", "15s")
        .option("--allow-endpoint-override", "use AWS_ENDPOINT_URL although the sign-in is real")
        .addHelpText("after", EXAMPLES),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const answer = await connectAndRun(
    {
      target: readTarget(parsed.args[0]),
      env: options.env,
      estate: options.estate,
      role: options.role,
      sql: readSql(options, context),
      connectTimeoutMs: durationOption("--connect-timeout", options.connectTimeout),
      allowOverride: options.allowEndpointOverride === true,
    },
    context,
  );
  const { results, ...about } = answer;
  if (context.json) context.stdout(`${JSON.stringify({ v: 1, ...about, results: results.map(resultJson) })}\n`);
  else context.stdout(results.map(resultTable).join("\n"));
  return 0;
}

function readTarget(text: string | undefined): Target | undefined {
  if (text === undefined) return undefined;
  const target = parseTarget(text);
  if (!target)
    throw new SallyportError("USAGE", { message: `"${text}" is no target: write cluster[/database][@reader].` });
  return target;
}

function readSql(options: Options, context: CommandContext): string {
  if (options.command !== undefined && options.file !== undefined) {
    throw new SallyportError("USAGE", { message: "Give --command or --file, not both." });
  }
  if (options.command !== undefined) return options.command;
  if (options.file === undefined) {
    throw new SallyportError("USAGE", {
      message: "An interactive session is not built yet: give the SQL with --command or --file.",
      next: 'sallyport connect --command "select current_user"',
    });
  }
  try {
    return readFileSync(path.resolve(context.cwd, options.file), "utf8");
  } catch (cause) {
    throw new SallyportError("USAGE", { message: `--file ${options.file} cannot be read.`, cause });
  }
}
