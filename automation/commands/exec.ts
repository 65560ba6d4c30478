import { parseOptions } from "../client/command-options";
import { eventsFile } from "../client/events-file";
import { findProgram } from "../client/find-program";
import { runBehindProxy } from "../client/run-behind-proxy";
import type { ChildEnd } from "../client/run-child";
import type { CommandContext } from "../core/command-context";
import { asSallyportError, SallyportError } from "../core/errors";
import { doorOptions, doorRequest, type DoorFlags } from "./door-options";
import { failureCode } from "./failure-code";

interface Options extends DoorFlags {
  readonly url?: boolean;
  readonly events?: string;
}

const HELP = `
The program gets PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD and PGSSLMODE for a port of 127.0.0.1
that is open only while it runs, with a password for this run only. Inherited PG* variables and a
DATABASE_URL that lead elsewhere are taken out; PGOPTIONS and PGAPPNAME stay. Encryption and the
server's certificate are Sallyport's affair: it verifies both.

Examples:
  sallyport exec -- psql --command "table orders"
  sallyport exec app/app@reader --role readonly -- pg_dump --schema-only --file schema.sql
  sallyport exec --url -- npm run migrate

Exit codes: the program's own; 125 it never started (the message says why), 126 it cannot be
executed, 127 it was not found, 130/143 interrupted before it started.
More: sallyport proxy keeps a port open for a GUI.`;

/** `sallyport exec [TARGET] -- CMD ARG…`: runs a program with a port to the database. stdin, stdout and stderr are the program's. */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const end = args.indexOf("--");
  const parsed = parseOptions(
    (command) =>
      doorOptions(command.name("sallyport exec"))
        .usage("[target] [options] -- <program> [argument...]")
        .description("Run a program with a local port to a private database, as yourself.")
        .optionsGroup("The program:")
        .option("--url", "DATABASE_URL too; it holds the password, and programs like to log it")
        .option("--events <file>", "write what happens to a file, NDJSON; the output is the program's")
        .addHelpText("after", HELP),
    end < 0 ? args : args.slice(0, end),
    context,
  );
  if (!parsed) return 0;
  const options = parsed.opts<Options>();
  const request = doorRequest(parsed.args[0], options);
  const [command, ...rest] = end < 0 ? [] : args.slice(end + 1);
  if (command === undefined) {
    throw new SallyportError("USAGE", {
      message: "sallyport exec: say what to run, after two hyphens.",
      next: "sallyport exec -- psql",
    });
  }
  const events = eventsFile(options.events, context);
  try {
    const ended =
      missing(command, context) ??
      (await runBehindProxy({ ...request, command, args: rest, url: options.url === true }, events.context, {
        signals: process,
      }));
    if (ended.kind === "notStarted") context.stderr(`✗ ${notStarted(command, ended.code)}\n`);
    events.result({ ok: ended.code === 0, exitCode: ended.code });
    return ended.code;
  } catch (thrown) {
    const error = asSallyportError(thrown);
    events.result({ ok: false, exitCode: failureCode(error), code: error.code, message: error.message });
    throw error;
  } finally {
    events.close();
  }
}

/** Looked for before the door opens: a slip of the finger should not cost a tunnel. */
function missing(command: string, context: CommandContext): ChildEnd | undefined {
  const { kind } = findProgram(command, { path: context.env.PATH, cwd: context.cwd, platform: process.platform });
  if (kind === "found") return undefined;
  return { kind: "notStarted", code: kind === "missing" ? 127 : 126 };
}

function notStarted(command: string, code: 126 | 127): string {
  return code === 127 ? `"${command}" was not found (127).` : `"${command}" cannot be executed (126).`;
}
