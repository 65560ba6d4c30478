import { rm } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../core/clock";
import type { ProgressEvent } from "../../core/events";
import { SallyportError } from "../../core/errors";
import { waitFor } from "../../core/retry";
import { emptyFold, foldEvent, summarise, type EngineEventLike } from "../../pulumi/engine-events";
import type { Processes } from "../../pulumi/process-identity";
import type { RunOptions, RunOutcome, StackEngine } from "../../pulumi/stack-engine";
import { isOwnerGone, readLocks, type LockOwner } from "../../pulumi/stack-lock";
import { gateFound, gatePassed } from "./gate";
import { stackProgress } from "./stack-progress";
import type { ChildLine, StackRequest, StackResult } from "./stack-request";

/** What performing an operation needs besides the stack. */
export interface PerformTools {
  readonly clock: Clock;
  readonly report: (event: ProgressEvent) => void;
  readonly signal: AbortSignal;
  readonly hostname: string;
  readonly processes: Processes;
  /** The backend in use, for its lock files. */
  readonly backendUrl: string;
}

/** How long a live owner is waited for before the engine is asked, which then refuses. */
const LOCK_GRACE_MS = 3000;

/** The last line of a child. */
export type Ending = Extract<ChildLine, { type: "done" | "pending" }>;

/**
 * One operation on an open stack, recovery first: a lock whose owner is gone is deleted, and with operations pending from a killed
 * run nothing is done at all, because the engine would create a second copy of what may exist; the caller settles them first.
 *
 * @throws SallyportError STACK_LOCKED when the owner lives or cannot be judged from here, and whatever the engine throws
 */
export async function perform(stack: StackEngine, request: StackRequest, tools: PerformTools): Promise<Ending> {
  const begun = tools.clock.now();
  // A preview and reading outputs take no lock and change no state.
  const changes = request.operation !== "outputs" && request.operation !== "preview";
  if (changes) await freeLock(stack, request, tools);
  const pending = changes && request.operation !== "settle" ? await stack.pendingOperations() : [];
  if (pending.length > 0) return { type: "pending", pending };
  const { fold, summary, outputs } = await operate(stack, request, tools);
  const result: StackResult = {
    outputs: outputs ?? {},
    ...(request.operation === "outputs" ? { holds: await stack.holds() } : {}),
    summary,
    diagnostics: fold.diagnostics,
    policies: fold.policies,
    durationMs: tools.clock.now() - begun,
  };
  return { type: "done", result };
}

async function operate(stack: StackEngine, request: StackRequest, tools: PerformTools): Promise<RunOutcome> {
  const options = runOptions(request, tools);
  switch (request.operation) {
    case "preview":
      return gatedPreview(stack, request, options, tools);
    case "up":
      return gatedUp(stack, request, options, tools);
    case "destroy":
      return stack.destroy(options);
    case "refresh":
      return stack.refresh(options);
    case "settle":
      return stack.settlePending(request.adopt ?? [], options);
    case "outputs":
      return { fold: emptyFold, summary: summarise(emptyFold), outputs: await stack.outputs() };
  }
}

/** A preview; with a policy pack it says what the gate let pass, and what not. */
async function gatedPreview(
  stack: StackEngine,
  request: StackRequest,
  options: RunOptions & { readonly planFile?: string },
  tools: PerformTools,
): Promise<RunOutcome> {
  if ((request.policyPacks ?? []).length === 0) return stack.preview(options);
  const begun = tools.clock.now();
  const outcome = await watched(tools, options, (heard) => stack.preview(heard));
  tools.report(gatePassed(outcome.fold, tools.clock.now() - begun));
  return outcome;
}

/** Runs an operation and reports what each rule said, also when it is stopped by one. */
async function watched<T extends RunOptions>(
  { report }: PerformTools,
  options: T,
  operate: (heard: T) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const onEvent = (event: unknown): void => {
    options.onEvent?.(event);
    for (const said of foldEvent(emptyFold, event as EngineEventLike).policies) report(gateFound(said));
  };
  return operate({ ...options, onEvent });
}

/**
 * With a policy pack, or when nothing may change, `up` is a preview and then exactly that plan: a rule over the whole stack speaks
 * at the end of an `up`, when everything exists already.
 */
async function gatedUp(
  stack: StackEngine,
  request: StackRequest,
  options: RunOptions,
  tools: PerformTools,
): Promise<RunOutcome> {
  if ((request.policyPacks ?? []).length === 0 && request.expectNoChanges !== true) return stack.up(options);
  const planFile = path.join(request.workDir, "plan.json");
  try {
    const { onEvent: _quiet, ...silent } = options;
    await gatedPreview(stack, request, { ...silent, planFile }, tools);
    return await watched(tools, options, (heard) => stack.up({ ...heard, planFile }));
  } finally {
    await rm(planFile, { force: true });
  }
}

function runOptions(request: StackRequest, { report, signal }: PerformTools): RunOptions {
  const { policyPacks, policyPackConfigs, expectNoChanges, parallel, stage = "Stack", operation } = request;
  return {
    signal,
    onEvent: (event) => {
      const progress = stackProgress(stage, operation, event as EngineEventLike);
      if (progress) report(progress);
    },
    ...(policyPacks === undefined ? {} : { policyPacks }),
    ...(policyPackConfigs === undefined ? {} : { policyPackConfigs }),
    ...(expectNoChanges === undefined ? {} : { expectNoChanges }),
    ...(parallel === undefined ? {} : { parallel }),
  };
}

/** The lock of a killed run is deleted; somebody who is just ending (a killed run's engine needs a second) is waited for. */
async function freeLock(stack: StackEngine, request: StackRequest, tools: PerformTools): Promise<void> {
  const owners = await waitFor(() => ownersAtRest(request, tools), {
    clock: tools.clock,
    timeoutMs: LOCK_GRACE_MS,
    intervalMs: 250,
    signal: tools.signal,
  });
  if (!owners) throw await lockedBy(request, tools);
  if (owners.length === 0) return;
  await stack.deleteLock();
  const text = `removed the lock of process ${owners.map(({ pid }) => pid).join(", ")}, which is gone`;
  tools.report({ type: "stack.unlocked", stage: request.stage ?? "Stack", mark: "note", text });
}

async function lockedBy({ project, stack }: StackRequest, tools: PerformTools): Promise<SallyportError> {
  const owners = await readLocks(tools.backendUrl, project, stack);
  const lines = owners.map(
    ({ username, hostname, pid, takenAt }) =>
      `${username}@${hostname}, process ${pid}, since ${new Date(takenAt).toISOString()}`,
  );
  return new SallyportError("STACK_LOCKED", {
    message: `The stack ${project}/${stack} is locked by ${lines.join("; ") || "another update"}.`,
    values: { stack: `${project}/${stack}`, ...(owners[0] ? { host: owners[0].hostname, pid: owners[0].pid } : {}) },
  });
}

/** All owners when all of them are gone (none when there is no lock); `undefined` as long as one may live. */
async function ownersAtRest(
  { project, stack }: StackRequest,
  tools: PerformTools,
): Promise<readonly LockOwner[] | undefined> {
  const owners = await readLocks(tools.backendUrl, project, stack);
  const gone = await Promise.all(owners.map((owner) => isOwnerGone(owner, tools.hostname, tools.processes)));
  return gone.every(Boolean) ? owners : undefined;
}
