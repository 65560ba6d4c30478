import { readFileSync } from "node:fs";
import path from "node:path";
import { parseOptions } from "../client/command-options";
import { connectAndRun } from "../client/connect";
import { eventsFile } from "../client/events-file";
import { findProgram } from "../client/find-program";
import type { PersonDoorRequest } from "../client/open-person-door";
import { resultJson } from "../client/result-json";
import { resultTable } from "../client/result-table";
import { runBehindProxy } from "../client/run-behind-proxy";
import type { CommandContext } from "../core/command-context";
import { asSallyportError, SallyportError } from "../core/errors";
import { doorOptions, doorRequest, type DoorFlags } from "./door-options";

interface Options extends DoorFlags {
  readonly command?: string;
  readonly file?: string;
  readonly events?: string;
}

const HELP = `
Examples:
  sallyport connect
  sallyport connect --command "select current_user"
  sallyport connect app/app --role developer --file report.sql
  sallyport connect --env prod app/app@reader --json --command "table orders"

Exit codes: psql's own once it runs; else 0 done, 1 the statement failed, 2 say which role or
target, or psql is missing, 5 not signed in or not permitted, 6 cannot reach.
More: sallyport status shows who is signed in; sallyport proxy is for any other client.`;

/**
 * `sallyport connect [TARGET]`: psql as oneself on a private database, or SQL run by ourselves (`--command`, `--file`), which needs no
 * psql. Results to stdout, everything else to stderr.
 */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const parsed = parseOptions(
    (command) =>
      doorOptions(command.name("sallyport connect"))
        .usage("[target] [options]")
        .description("Open psql, or run SQL, as yourself on a private database: single sign-on, no password.")
        .optionsGroup("What to run; psql if neither is given:")
        .option("--command <sql>", "the SQL to run; several statements are allowed")
        .option("--file <file>", "a file of SQL to run")
        .option("--events <file>", "write what happens to a file, NDJSON")
        .addHelpText("after", HELP),
    args,
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const request = doorRequest(parsed.args[0], options);
  const sql = readSql(options, context);
  if (sql === undefined) checkPsql(context);
  const events = eventsFile(options.events, context);
  try {
    const code = await (sql === undefined
      ? runPsql(request, events.context)
      : runSql({ ...request, sql }, events.context));
    events.result({ ok: code === 0, exitCode: code });
    return code;
  } catch (thrown) {
    const error = asSallyportError(thrown);
    events.result({ ok: false, exitCode: error.exitCode, code: error.code, message: error.message });
    throw error;
  } finally {
    events.close();
  }
}

async function runSql(request: PersonDoorRequest & { readonly sql: string }, context: CommandContext): Promise<number> {
  const { results, ...about } = await connectAndRun(request, context);
  if (context.json) context.stdout(`${JSON.stringify({ v: 1, ...about, results: results.map(resultJson) })}\n`);
  else context.stdout(results.map(resultTable).join("\n"));
  return 0;
}

async function runPsql(request: PersonDoorRequest, context: CommandContext): Promise<number> {
  const ended = await runBehindProxy({ ...request, command: "psql", args: [], url: false }, context, {
    signals: process,
  });
  if (ended.kind === "notStarted") throw noPsql("psql was found on PATH and cannot be executed.");
  return ended.code;
}

/** Before anything is opened. */
function checkPsql(context: CommandContext): void {
  if (context.json) {
    throw new SallyportError("USAGE", {
      message: "A session of psql has no answer in JSON: give the SQL with --command or --file.",
      next: 'sallyport connect --json --command "select current_user"',
    });
  }
  const { kind } = findProgram("psql", { path: context.env.PATH, cwd: context.cwd, platform: process.platform });
  if (kind === "missing") throw noPsql("psql was not found on PATH.");
  if (kind === "notExecutable") throw noPsql("psql was found on PATH and cannot be executed.");
}

function noPsql(message: string): SallyportError {
  return new SallyportError("PSQL_NOT_FOUND", { message, likely: "It is part of PostgreSQL's client tools." });
}

function readSql(options: Options, context: CommandContext): string | undefined {
  if (options.command !== undefined && options.file !== undefined) {
    throw new SallyportError("USAGE", { message: "Give --command or --file, not both." });
  }
  if (options.file === undefined) return options.command;
  try {
    return readFileSync(path.resolve(context.cwd, options.file), "utf8");
  } catch (cause) {
    throw new SallyportError("USAGE", { message: `--file ${options.file} cannot be read.`, cause });
  }
}
