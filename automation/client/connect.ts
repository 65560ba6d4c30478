import { Closer } from "../core/closer";
import type { CommandContext } from "../core/command-context";
import { terminalText } from "../core/terminal-text";
import type { openAwsDoor } from "../door/aws-door";
import { endDatabase } from "../door/end-database";
import { openPersonDoor, type PersonDoor, type PersonDoorRequest } from "./open-person-door";
import { runStatements } from "./run-statements";
import type { StatementResult } from "./statement-result";
import { timedStages } from "./timed-stages";

/** What a person asks for. */
export interface ConnectRequest extends PersonDoorRequest {
  readonly sql: string;
}

/** What came of it. */
export interface ConnectAnswer {
  readonly sandbox: boolean;
  /** `<env> cluster/database`. */
  readonly target: string;
  readonly login: string;
  readonly role: string;
  readonly results: readonly StatementResult[];
}

/**
 * From the sign-in on this machine to rows: sign-in record → portal → descriptor → endpoint by resource id → tunnel → verified TLS
 * → token → SQL. Everything that was opened is closed again, in reverse order, whatever happens. `open` is replaced in tests.
 */
export async function connectAndRun(
  request: ConnectRequest,
  context: CommandContext,
  open?: typeof openAwsDoor,
): Promise<ConnectAnswer> {
  const opened = await openPersonDoor(request, context, open);
  return opened.explain(() => runThrough(opened, request.sql, context));
}

async function runThrough(opened: PersonDoor, sql: string, context: CommandContext): Promise<ConnectAnswer> {
  const { door, found, target, sandbox } = opened;
  const closer = new Closer();
  closer.add(() => door.close());
  try {
    const client = await timedStages(context.reporter, context.clock)(
      "Connect",
      "connect",
      () => door.openDatabase({ user: found.login, database: target.database }),
      () => `certificate of ${door.host} verified, token accepted`,
    );
    closer.add(() => endDatabase(client, context.clock));
    client.on("notice", (notice) =>
      context.stderr(`${notice.severity ?? "NOTICE"}: ${terminalText(notice.message ?? "")}\n`),
    );
    opened.remember();
    const results = await runStatements(client, sql);
    return { sandbox, target: `${target.door.env} ${target.text}`, login: found.login, role: found.role, results };
  } finally {
    await closer.close();
  }
}
