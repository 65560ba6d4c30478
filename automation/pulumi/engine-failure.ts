import { SallyportError } from "../core/errors";
import { hasChanges, summarise, type EngineFold, type PolicyViolation } from "./engine-events";
import { engineText } from "./engine-text";
import { violationText } from "./violation-text";

/** What is known when an operation fails. */
export interface FailedRun {
  /** The stack as people name it: `sallyport/dev`. */
  readonly stack: string;
  readonly operation: string;
  readonly fold: EngineFold;
  readonly signal?: AbortSignal | undefined;
}

/** The pack that `sallyport policies` explains. */
const OWN_PACK = "sallyport";
const NO_CHANGES_EXPECTED = /no changes were expected/;
const LOCKED = /the stack is currently locked by|\[409\] Conflict: Another update/;
const LOCK_OWNER = /created by (\S*)@(\S+) \(pid (\d+)\) at (\S+)/;
const MOST_TEXT = 4000;

/**
 * The cause of a failed run as one of our errors. The engine exits with 255 for everything, so the cause comes from the signal, the
 * events and, last, its words.
 */
export function engineFailure(thrown: unknown, run: FailedRun): SallyportError {
  if (thrown instanceof SallyportError) return thrown;
  const words = saidBy(thrown);
  const mandatory = run.fold.policies.filter((rule) => rule.mandatory);
  if (run.signal?.aborted) return interrupted(run);
  if (LOCKED.test(words)) return locked(words, run, thrown);
  if (mandatory.length > 0) {
    return stopped(mandatory, run);
  }
  if (NO_CHANGES_EXPECTED.test(words)) return unexpectedChanges(run);
  const errors = run.fold.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const cause = errors.length > 0 ? [...new Set(errors)].join("\n") : engineText(words).slice(-MOST_TEXT);
  return new SallyportError("ENGINE_FAILED", {
    message: `${run.operation} of ${run.stack} failed: ${cause}`,
    values: { stack: run.stack, operation: run.operation },
  });
}

/** What the rules say, each with its resource; why a rule is there stands in its explanation. */
function stopped(mandatory: readonly PolicyViolation[], { operation, stack }: FailedRun): SallyportError {
  const lines = mandatory.map((said) => `${said.policy}${resourceWords(said.urn)}: ${violationText(said)}`);
  const rules = [...new Set(mandatory.map(({ policy }) => policy))];
  return new SallyportError("POLICY_VIOLATION", {
    message: [`Mandatory policies stopped ${operation} of ${stack}:`, ...lines].join("\n"),
    values: { rules: rules.join(",") },
    ...(mandatory[0]?.pack === OWN_PACK ? { next: `sallyport policies explain ${rules[0]}` } : {}),
  });
}

/** @example resourceWords("urn:pulumi:dev::p::a:b$aws:ec2/vpc:Vpc::main") // " on main (aws:ec2/vpc:Vpc)" */
function resourceWords(urn: string | undefined): string {
  const [type, name] = (urn ?? "").split("::").slice(-2);
  return name === undefined ? "" : ` on ${name} (${type?.split("$").at(-1)})`;
}

/** Changes where none were allowed, with every resource that would change. */
export function unexpectedChanges(run: FailedRun): SallyportError {
  const changed = [...run.fold.resources.values()].filter(
    ({ op }) => op in { create: 1, update: 1, delete: 1, replace: 1 },
  );
  const summary = summarise(run.fold, true);
  const lines = changed.map(({ op, type, name }) => `${op} ${type} "${name}"`);
  return new SallyportError("UNEXPECTED_CHANGES", {
    message: [
      `${run.operation} of ${run.stack} would change ${changed.length} resources; nothing was changed.`,
      ...lines,
    ].join("\n"),
    values: {
      stack: run.stack,
      env: run.stack.split("/").at(-1) ?? run.stack,
      ...(hasChanges(summary) ? { ...summary } : {}),
    },
  });
}

function interrupted({ signal, operation, stack }: FailedRun): SallyportError {
  const reason: unknown = signal?.reason;
  if (reason instanceof SallyportError) return reason;
  return new SallyportError("INTERRUPTED", {
    message: `${operation} of ${stack} was interrupted; what was begun is recorded.`,
  });
}

function locked(words: string, { stack }: FailedRun, cause: unknown): SallyportError {
  const owner = LOCK_OWNER.exec(words);
  const by = owner ? `${owner[1]}@${owner[2]}, process ${owner[3]}, since ${owner[4]}` : "another update";
  return new SallyportError("STACK_LOCKED", {
    message: `The stack ${stack} is locked by ${by}.`,
    values: { stack, ...(owner ? { host: owner[2] ?? "", pid: Number(owner[3]) } : {}) },
    cause: cause instanceof Error ? new Error(cause.name) : undefined,
  });
}

/** The engine's own words out of the SDK's error, which keeps them in an untyped member. */
function saidBy(thrown: unknown): string {
  const result = (thrown as { commandResult?: { stdout?: string; stderr?: string; err?: Error } }).commandResult;
  if (result) return [result.stderr, result.stdout, result.err?.message].filter(Boolean).join("\n");
  return thrown instanceof Error ? thrown.message : String(thrown);
}
