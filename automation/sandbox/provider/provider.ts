import type { Sleep } from "./aws-context";
import type { Props } from "../account/estate";
import type { Naming } from "./protocol/auto-name";
import type { CheckFailure } from "./protocol/check";
import type { PropertyChange } from "./protocol/diff";

/** What a check gives back. */
export interface Checked {
  readonly inputs: Props;
  readonly failures: readonly CheckFailure[];
}

/** What a difference is judged by. */
export interface DiffRequest {
  readonly id: string;
  readonly state: Props;
  readonly oldInputs: Props;
  readonly news: Props;
  readonly ignore: readonly string[];
}

/** A creation or update that ended; `reasons`: it exists, but something after its making failed. */
export interface Made {
  readonly id: string;
  readonly outputs: Props;
  readonly reasons: readonly string[];
}

/**
 * A provider instance that was configured, in plain values: no wrapped secrets, unknowns as their mark. The gRPC service wraps it.
 * Every refusal is thrown with the text that the user sees.
 */
export interface ProviderInstance {
  check(token: string, news: Props, olds: Props, naming: Naming): Checked;
  diff(
    token: string,
    request: DiffRequest,
  ): { readonly changes: readonly PropertyChange[]; readonly deleteBeforeReplace: boolean };
  /** Outputs at preview, without touching anything. */
  previewCreate(token: string, inputs: Props): Props;
  create(token: string, inputs: Props): Promise<Made>;
  /** `undefined`: it is gone. */
  read(
    token: string,
    id: string,
    state: Props,
    oldInputs: Props,
  ): Promise<{ readonly id: string; readonly outputs: Props; readonly inputs: Props } | undefined>;
  previewUpdate(token: string, request: DiffRequest): Props;
  update(token: string, request: DiffRequest): Promise<Made>;
  delete(token: string, id: string, state: Props): Promise<void>;
  invoke(token: string, args: Props): Promise<{ readonly result: Props; readonly secrets: readonly string[] }>;
  /** Names of secret outputs of a type. */
  secretOutputs(token: string): readonly string[];
}

/** A package of resources, before an instance of it is configured. */
export interface ProviderPackage {
  readonly version: string;
  /** Whether a preview may configure it with arguments that are not known yet; they come as their mark. */
  readonly takesUnknownArguments?: boolean;
  checkConfig(args: Props): readonly CheckFailure[];
  /** @param sleep waits real milliseconds and rejects when the engine cancels. */
  configure(args: Props, sleep: Sleep): ProviderInstance;
}
