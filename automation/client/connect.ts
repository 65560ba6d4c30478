import type { Target } from "../../infra/contract/target";
import { makeSsm } from "../aws/ssm";
import { makeSts } from "../aws/sts";
import { Closer } from "../core/closer";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { terminalText } from "../core/terminal-text";
import { databaseAuthorities } from "../door/authorities";
import { openAwsDoor } from "../door/aws-door";
import { chooseTarget } from "../door/door-target";
import { endDatabase } from "../door/end-database";
import { findDoor } from "../door/find-door";
import { lastRole, rememberRole } from "./last-role";
import { personSession, type PersonSession } from "./person-session";
import { runStatements } from "./run-statements";
import type { StatementResult } from "./statement-result";
import { timedStages } from "./timed-stages";

/** What a person asks for. */
export interface ConnectRequest {
  readonly target: Target | undefined;
  readonly env: string | undefined;
  readonly estate: string | undefined;
  readonly role: string | undefined;
  readonly sql: string;
  readonly connectTimeoutMs: number;
  readonly allowOverride: boolean;
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
  open: typeof openAwsDoor = openAwsDoor,
): Promise<ConnectAnswer> {
  const session = personSession(context, { allowOverride: request.allowOverride });
  const { sandbox } = session.record;
  if (sandbox) {
    context.stderr(`SANDBOX  simulated AWS at ${sandbox.endpointUrl}; nothing here is real but PostgreSQL\n`);
  }
  try {
    return await runAs(session, request, context, open);
  } catch (error) {
    // What failed may only be the echo of an interruption.
    context.signal.throwIfAborted();
    throw sandbox ? sandboxGone(error, sandbox.endpointUrl) : error;
  }
}

async function runAs(
  { record, home, endpoint, portal }: PersonSession,
  request: ConnectRequest,
  context: CommandContext,
  open: typeof openAwsDoor,
): Promise<ConnectAnswer> {
  const { clock, redactor, signal } = context;
  const stage = timedStages(context.reporter, clock);
  const found = await stage(
    "Sign in",
    "signin",
    () =>
      findDoor({
        portal,
        ssm: (region, credentials) => makeSsm({ region, credentials, endpoint, clock, signal }),
        sts: (region, credentials) => makeSts({ region, credentials, endpoint, clock, signal }),
        identityRegion: record.region,
        sandbox: record.sandbox !== undefined,
        clock,
        redactor,
        estate: request.estate,
        env: request.env,
        role: request.role,
        lastRole: (environment) => lastRole(home, environment),
      }),
    (door) => `${door.person} with ${door.set}`,
  );
  const target = chooseTarget(found.descriptor, request.target);
  const closer = new Closer();
  try {
    const door = await stage(
      "Door",
      "door",
      () =>
        open({
          target: target.door,
          endpoint,
          credentials: found.credentials,
          authorities: databaseAuthorities(record.sandbox?.caBundle),
          clock,
          randomBytes: (size) => context.randomBytes(size),
          redactor,
          connectTimeoutMs: request.connectTimeoutMs,
          applicationName: `sallyport ${found.role}`,
          signal,
        }),
      (opened) => `tunnel through ${opened.instanceId}`,
    );
    closer.add(() => door.close());
    const client = await stage(
      "Connect",
      "connect",
      () => door.openDatabase({ user: found.login, database: target.database }),
      () => `certificate of ${door.host} verified, token accepted`,
    );
    closer.add(() => endDatabase(client, clock));
    client.on("notice", (notice) =>
      context.stderr(`${notice.severity ?? "NOTICE"}: ${terminalText(notice.message ?? "")}\n`),
    );
    rememberRole(home, target.door.environment, found.role, context.randomBytes(6).toString("hex"));
    const results = await runStatements(client, request.sql);
    return {
      sandbox: record.sandbox !== undefined,
      target: `${target.door.env} ${target.text}`,
      login: found.login,
      role: found.role,
      results,
    };
  } finally {
    await closer.close();
  }
}

/** A sandbox that does not answer is no trouble of AWS's. */
function sandboxGone(error: unknown, endpointUrl: string): unknown {
  if (!(error instanceof SallyportError) || error.code !== "AWS_UNREACHABLE") return error;
  return new SallyportError("SANDBOX_NOT_RUNNING", {
    message: `The sandbox of your sign-in does not answer at ${endpointUrl}.`,
    likely: "It was stopped, or started anew on another port: then sign in again.",
    cause: error,
  });
}
