import type {
  AdoptedResource,
  ConfigValue,
  PendingOperation,
  StackOutput,
  StackSettings,
} from "../../pulumi/stack-engine";
import type { ChangeSummary, Diagnostic, PolicyViolation } from "../../pulumi/engine-events";
import type { ErrorCode } from "../../core/error-codes";
import type { ProgressEvent } from "../../core/events";

/** What a stack child is asked to do. `settle` ends what a killed run left pending; the others are the engine's own. */
export type StackOperation = "preview" | "up" | "destroy" | "refresh" | "outputs" | "settle";

/** The inline programs of `infra/`. */
export type ProgramName = "platform" | "database";

/**
 * The one request of a stack child: a line of JSON on its stdin. It holds no environment and no credentials: those are the child's
 * own environment, given when it is started.
 */
export interface StackRequest {
  readonly operation: StackOperation;
  readonly engine: StackSettings["engine"];
  readonly project: string;
  readonly stack: string;
  /** The private folder of this project and stack: `.sallyport/stacks/<env>/<project>`. */
  readonly workDir: string;
  /** Overrides PULUMI_BACKEND_URL of the environment. */
  readonly backendUrl?: string;
  /** Structured values as in `Pulumi.<env>.yaml`; `{ secret }` is encrypted before it touches a file. */
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly program: ProgramName;
  /** A folder with a changed copy of `infra/`; the one that this code was built with when left out. */
  readonly programFolder?: string;
  readonly policyPacks?: readonly string[];
  /** A configuration file for each pack. */
  readonly policyPackConfigs?: readonly string[];
  readonly expectNoChanges?: boolean;
  readonly parallel?: number;
  /** False: its outputs are nobody's business. */
  readonly readsOutputs?: boolean;
  /** What its progress is shown under, e.g. `Platform`. */
  readonly stage?: string;
  /** For `settle`: pending creates that exist in the account; all others are dropped. */
  readonly adopt?: readonly AdoptedResource[];
}

/** What a stack operation did. */
export interface StackResult {
  /** After `up` and `outputs`; empty for others. */
  readonly outputs: Readonly<Record<string, StackOutput>>;
  /** After `outputs`: how many resources the state holds, the stack itself and providers aside. */
  readonly holds?: number;
  readonly summary: ChangeSummary;
  readonly diagnostics: readonly Diagnostic[];
  /** Advisory ones: a mandatory one is an error. */
  readonly policies: readonly PolicyViolation[];
  readonly durationMs: number;
}

/** An error on its way through the pipe. */
export interface WrittenError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly likely?: string;
  readonly next: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** A line of the child's stdout: progress, and one of the others as the last. `pending` = nothing was done, settle first. */
export type ChildLine =
  | { readonly type: "progress"; readonly event: ProgressEvent }
  | { readonly type: "done"; readonly result: StackResult }
  | { readonly type: "pending"; readonly pending: readonly PendingOperation[] }
  | { readonly type: "failed"; readonly error: WrittenError };
