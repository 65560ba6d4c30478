import type { ChangeSummary, EngineFold } from "./engine-events";
import type { Engine } from "./engine/ensure-engine";

/** A configuration value: anything that YAML can hold, or `{ secret }`, which is encrypted before it touches a file. */
export type ConfigValue =
  string | number | boolean | null | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

/** A stack and where it is worked on. */
export interface StackSettings {
  readonly engine: Pick<Engine, "command" | "version">;
  readonly project: string;
  readonly stack: string;
  /** A private folder, made 0700, never the repository: the engine writes settings with an encryption salt there. */
  readonly workDir: string;
  /** Keys with their namespace: `aws:region`, `sallyport:network`. */
  readonly config: Readonly<Record<string, ConfigValue>>;
  /** The whole environment of the engine and its plugins: PATH, HOME, PULUMI_*, credentials. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The inline program. */
  readonly program: () => Promise<Record<string, unknown>>;
  /** False: no operation has outputs, which saves reading them. */
  readonly readsOutputs?: boolean;
}

/** How one operation runs. */
export interface RunOptions {
  /** Every event as it comes, folded; `event` is what changed. */
  readonly onEvent?: (event: unknown) => void;
  /** One SIGINT to the engine on abort: it ends the step in flight, records it and stops. */
  readonly signal?: AbortSignal;
  /** Folders of policy packs. */
  readonly policyPacks?: readonly string[];
  /** A file for each pack: levels, settings and exemptions by rule. */
  readonly policyPackConfigs?: readonly string[];
  readonly expectNoChanges?: boolean;
  /** At most so many resource operations at once; the engine's own choice when left out. */
  readonly parallel?: number;
}

/** What an operation did. */
export interface RunOutcome {
  /** After `up`; other operations do not read them. */
  readonly outputs?: Readonly<Record<string, StackOutput>>;
  readonly summary: ChangeSummary;
  readonly fold: EngineFold;
}

/** An output of a stack. */
export interface StackOutput {
  readonly value: unknown;
  readonly secret: boolean;
}

/** An operation that a killed run left in the state: `creating` may mean a resource that exists and is not recorded. */
export interface PendingOperation {
  readonly kind: "creating" | "updating" | "deleting" | "reading" | "importing";
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** As the provider was asked; secrets are not decrypted. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A pending create that was found in the account. */
export interface AdoptedResource {
  readonly urn: string;
  /** The provider's id. */
  readonly id: string;
}

/**
 * One stack on an engine. All operations throw SallyportError: ENGINE_FAILED with the diagnostics, STACK_LOCKED, POLICY_VIOLATION,
 * UNEXPECTED_CHANGES, INTERRUPTED (or the signal's reason).
 */
export interface StackEngine {
  preview(options?: RunOptions & { readonly planFile?: string }): Promise<RunOutcome>;
  up(options?: RunOptions & { readonly planFile?: string }): Promise<RunOutcome>;
  destroy(options?: RunOptions): Promise<RunOutcome>;
  refresh(options?: RunOptions): Promise<RunOutcome>;
  outputs(): Promise<Readonly<Record<string, StackOutput>>>;
  /** How many resources the state holds, the stack itself and providers aside. */
  holds(): Promise<number>;
  /** The state as the engine exports it, secrets encrypted. */
  exportStack(): Promise<unknown>;
  pendingOperations(): Promise<readonly PendingOperation[]>;
  /** Puts what exists under the state's care, drops all other pending creates, and reads everything again. */
  settlePending(adopted: readonly AdoptedResource[], options?: RunOptions): Promise<RunOutcome>;
  /** Deletes the lock, whoever holds it: only for an owner that is certainly gone. */
  deleteLock(): Promise<void>;
}
