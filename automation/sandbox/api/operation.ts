import type { Estate, Principal } from "../account/estate";

/** A signed call, authenticated; not yet authorised. */
export interface Call {
  readonly estate: Estate;
  readonly principal: Principal;
  /** Account of the caller. */
  readonly account: string;
  /** Region of the credential scope. */
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One operation of a service: answers what becomes the body. Throws ApiError. */
export type Operation = (call: Call) => Promise<object> | object;

/** A service with JSON answers: `x-amz-target: <prefix>.<operation>` (AWS JSON 1.1). */
export interface JsonService {
  readonly prefix: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** A service with form requests and XML answers (AWS query protocol). */
export interface QueryService {
  /** As in the credential scope, e.g. `sts`. */
  readonly service: string;
  /** Namespace of its answers. */
  readonly namespace: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** A refusal: AWS's code, words and HTTP status. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** A text of an operation's input; a missing one is AWS's ValidationException. */
export function requiredText(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = input[name];
  if (typeof value === "string" && value !== "") return value;
  throw new ApiError(
    "ValidationException",
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}
