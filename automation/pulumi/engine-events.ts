import { engineText } from "./engine-text";

/** Resources by what happened (or, in a preview, would happen) to them. The stack itself and providers are not counted. */
export interface ChangeSummary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly replace: number;
  readonly same: number;
}

/** One resource and how far the engine got with it. */
export interface ResourceProgress {
  readonly urn: string;
  /** Type token, e.g. `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The last part of the URN. */
  readonly name: string;
  /** The engine's word: create, update, delete, replace, create-replacement, delete-replaced, read, refresh, import, same. */
  readonly op: string;
  readonly phase: "started" | "done" | "failed";
}

/** What the engine or a provider said, verbatim but for colours. */
export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly urn: string | undefined;
}

/** A rule that spoke. */
export interface PolicyViolation {
  readonly policy: string;
  readonly pack: string;
  readonly mandatory: boolean;
  /** `low` to `critical`; empty where the pack says none. */
  readonly severity: string;
  readonly message: string;
  readonly urn: string | undefined;
}

/** Everything that a run's events said so far. */
export interface EngineFold {
  readonly resources: ReadonlyMap<string, ResourceProgress>;
  readonly diagnostics: readonly Diagnostic[];
  readonly policies: readonly PolicyViolation[];
  /** Names of the rules that looked at something. */
  readonly rules: ReadonlySet<string>;
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

/**
 * The parts of an engine event that we read (Pulumi's `apitype.EngineEvent`). Structural, so that the fold knows nothing of the SDK.
 */
export interface EngineEventLike {
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
  readonly resOpFailedEvent?: { readonly metadata: StepMetadata };
  readonly diagnosticEvent?: {
    readonly severity: string;
    readonly message: string;
    readonly prefix?: string;
    readonly urn?: string;
    readonly ephemeral?: boolean;
  };
  readonly policyEvent?: {
    readonly policyName: string;
    readonly policyPackName: string;
    readonly enforcementLevel: string;
    readonly severity?: string;
    readonly message: string;
    readonly resourceUrn?: string;
  };
  readonly policyAnalyzeSummaryEvent?: AnalyzedBy;
  readonly policyAnalyzeStackSummaryEvent?: AnalyzedBy;
}

interface AnalyzedBy {
  readonly passed?: readonly string[] | null;
  readonly failed?: readonly string[] | null;
}

/** Before the first event. */
export const emptyFold: EngineFold = { resources: new Map(), diagnostics: [], policies: [], rules: new Set() };

/** The parts of a replacement that are told by its `replace` step. */
const HALVES = new Set(["create-replacement", "delete-replaced", "read-replacement", "discard-replaced"]);

/**
 * Adds one event; pure.
 *
 * @example
 * foldEvent(emptyFold, { diagnosticEvent: { severity: "error", message: "<{%fg 1%}>boom<{%reset%}>\n" } }).diagnostics
 * // [{ severity: "error", message: "boom", urn: undefined }]
 */
export function foldEvent(fold: EngineFold, event: EngineEventLike): EngineFold {
  const progress = resourceProgress(event);
  if (progress) return { ...fold, resources: new Map(fold.resources).set(key(progress), progress) };
  const { diagnosticEvent: said, policyEvent: rule } = event;
  // Debug lines name property values, secrets among them, and come by the hundred.
  if (said && said.ephemeral !== true && said.severity !== "debug") {
    const message = engineText(said.message);
    const severity = said.severity === "error" || said.severity === "warning" ? said.severity : "info";
    // The engine ends each update with an empty line.
    if (message === "") return fold;
    return { ...fold, diagnostics: [...fold.diagnostics, { severity, message, urn: said.urn || undefined }] };
  }
  if (rule) {
    const violation = {
      policy: rule.policyName,
      pack: rule.policyPackName,
      mandatory: rule.enforcementLevel === "mandatory",
      severity: rule.severity ?? "",
      message: engineText(rule.message),
      urn: rule.resourceUrn || undefined,
    };
    return { ...fold, policies: [...fold.policies, violation] };
  }
  const analyzed = event.policyAnalyzeSummaryEvent ?? event.policyAnalyzeStackSummaryEvent;
  if (analyzed)
    return { ...fold, rules: new Set([...fold.rules, ...(analyzed.passed ?? []), ...(analyzed.failed ?? [])]) };
  return fold;
}

/** What an event says of a resource; `undefined` for other events, for the stack itself and for providers. */
export function resourceProgress(event: EngineEventLike): ResourceProgress | undefined {
  const phase = event.resourcePreEvent ? "started" : event.resOutputsEvent ? "done" : "failed";
  const metadata = (event.resourcePreEvent ?? event.resOutputsEvent ?? event.resOpFailedEvent)?.metadata;
  if (!metadata || metadata.type === "pulumi:pulumi:Stack" || metadata.type.startsWith("pulumi:providers:"))
    return undefined;
  return {
    urn: metadata.urn,
    type: metadata.type,
    name: metadata.urn.split("::").at(-1) ?? metadata.urn,
    op: metadata.op,
    phase,
  };
}

/**
 * Counts what was done; with `planned` (a preview) what was only begun counts as well, because the engine makes no outputs for a
 * step that it merely plans to do.
 */
export function summarise(fold: EngineFold, planned = false): ChangeSummary {
  const counts = { create: 0, update: 0, delete: 0, replace: 0, same: 0 };
  for (const { op, phase } of fold.resources.values()) {
    if (phase === "failed" || (phase === "started" && !planned)) continue;
    if (op === "import") counts.create += 1;
    else if (op in counts) counts[op as keyof typeof counts] += 1;
  }
  return counts;
}

/** Whether anything but `same` happened. */
export function hasChanges(summary: ChangeSummary): boolean {
  return summary.create + summary.update + summary.delete + summary.replace > 0;
}

/** A replacement's halves are kept apart from its `replace` step, which is the one that counts. */
function key({ urn, op }: ResourceProgress): string {
  return HALVES.has(op) ? `${urn} ${op}` : urn;
}
