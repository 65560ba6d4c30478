import type { Target } from "../../infra/contract/target";
import { makeSsm } from "../aws/ssm";
import { makeSts } from "../aws/sts";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { databaseAuthorities } from "../door/authorities";
import { openAwsDoor } from "../door/aws-door";
import { chooseTarget, type ChosenTarget } from "../door/door-target";
import { findDoor, type FoundDoor } from "../door/find-door";
import type { Door } from "../door/open-door";
import { doorProgress } from "./door-events";
import { lastRole, rememberRole } from "./last-role";
import { personSession, type PersonSession } from "./person-session";
import { timedStages } from "./timed-stages";

/** Which door a person asks for; what is left out is chosen where there is only one. */
export interface PersonDoorRequest {
  readonly target: Target | undefined;
  readonly env: string | undefined;
  readonly estate: string | undefined;
  readonly role: string | undefined;
  /** For each wait on the way, milliseconds. */
  readonly connectTimeoutMs: number;
  readonly allowOverride: boolean;
}

/** A door that was found for a person, not yet opened. */
export interface FoundPersonDoor {
  /** Where the person's files stand. */
  readonly home: string;
  readonly sandbox: boolean;
  readonly found: FoundDoor;
  readonly target: ChosenTarget;
  /** Opens it: tunnel and all. Errors: those of `openDoor`. */
  readonly open: () => Promise<Door>;
  /** Runs work with it; an interruption's echo becomes the interruption, a sandbox that is gone is named. */
  readonly explain: Explain;
  /** Remembers the role for the next time: once it has proven to work. */
  readonly remember: () => void;
}

/** An open door of the person who is signed in. */
export interface PersonDoor extends Omit<FoundPersonDoor, "open"> {
  readonly door: Door;
}

/**
 * Finds the door that the signed-in person means: sign-in record → portal → descriptor → role and target. Says SANDBOX on stderr if
 * it is one. `open` is replaced in tests.
 *
 * Errors: AUTH_NOT_SIGNED_IN, AUTH_SIGN_IN_EXPIRED, those of `findDoor`, TARGET_UNKNOWN, SANDBOX_NOT_RUNNING; an interruption's own
 * error if that is what stopped it.
 */
export async function findPersonDoor(
  request: PersonDoorRequest,
  context: CommandContext,
  open: typeof openAwsDoor = openAwsDoor,
): Promise<FoundPersonDoor> {
  const session = personSession(context, { allowOverride: request.allowOverride });
  const { sandbox } = session.record;
  if (sandbox)
    context.stderr(`SANDBOX  simulated AWS at ${sandbox.endpointUrl}; nothing here is real but PostgreSQL\n`);
  const explain = explained(session, context);
  return explain(async () => {
    const found = await find(session, request, context);
    const target = chooseTarget(found.descriptor, request.target);
    return {
      home: session.home,
      sandbox: sandbox !== undefined,
      found,
      target,
      explain,
      open: () => explain(() => openFound(session, found, target, request, context, open)),
      remember: () =>
        rememberRole(session.home, target.door.environment, found.role, context.randomBytes(6).toString("hex")),
    };
  });
}

/** Finds the person's door and opens it; the caller closes it. Errors: those of `findPersonDoor` and of `openDoor`. */
export async function openPersonDoor(
  request: PersonDoorRequest,
  context: CommandContext,
  open: typeof openAwsDoor = openAwsDoor,
): Promise<PersonDoor> {
  const { open: openIt, ...about } = await findPersonDoor(request, context, open);
  return { ...about, door: await openIt() };
}

async function find(
  { record, home, endpoint, network, portal }: PersonSession,
  request: PersonDoorRequest,
  context: CommandContext,
): Promise<FoundDoor> {
  const { clock, redactor, signal } = context;
  return timedStages(context.reporter, clock)(
    "Sign in",
    "signin",
    () =>
      findDoor({
        portal,
        ssm: (region, credentials) => makeSsm({ region, credentials, endpoint, network, clock, signal }),
        sts: (region, credentials) => makeSts({ region, credentials, endpoint, network, clock, signal }),
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
}

function openFound(
  { record, endpoint, network }: PersonSession,
  found: FoundDoor,
  target: ChosenTarget,
  request: PersonDoorRequest,
  context: CommandContext,
  open: typeof openAwsDoor,
): Promise<Door> {
  const { clock, redactor, signal } = context;
  return timedStages(context.reporter, clock)(
    "Door",
    "door",
    () =>
      open({
        target: target.door,
        endpoint,
        network,
        credentials: found.credentials,
        authorities: databaseAuthorities(record.sandbox?.caBundle),
        clock,
        randomBytes: (size) => context.randomBytes(size),
        redactor,
        connectTimeoutMs: request.connectTimeoutMs,
        applicationName: `sallyport ${found.role}`,
        onEvent: doorProgress(context.reporter),
        signal,
      }),
    (opened) => `tunnel through ${opened.instanceId}`,
  );
}

/** Runs work and says what its errors mean. */
export type Explain = <T>(work: () => Promise<T>) => Promise<T>;

function explained({ record }: PersonSession, context: CommandContext): Explain {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      // What failed may only be the echo of an interruption.
      context.signal.throwIfAborted();
      throw record.sandbox ? sandboxGone(error, record.sandbox.endpointUrl) : error;
    }
  };
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
