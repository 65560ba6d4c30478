import { ERROR_CODES, type ErrorCode, type Fault } from "./error-codes";

/** What an error carries besides its code. */
export interface ErrorDetails {
  /** What failed, with the value seen. One sentence; no secret. */
  readonly message: string;
  /** The likely cause, one sentence. */
  readonly likely?: string | undefined;
  /** The next command or act; the registry's line (with `values` filled in) when left out. */
  readonly next?: string;
  /** Values for the registry's `{placeholders}` and for `--json`. Never a secret. */
  readonly values?: Readonly<Record<string, string | number | boolean>>;
  readonly cause?: unknown;
}

/**
 * The one error class of the product.
 *
 * @example
 * throw new SallyportError("AUTH_SIGN_IN_EXPIRED", { message: "Your sign-in ended 3 min ago." });
 */
export class SallyportError extends Error {
  readonly code: ErrorCode;
  readonly likely: string | undefined;
  readonly next: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "SallyportError";
    this.code = code;
    this.likely = details.likely;
    this.values = details.values ?? {};
    this.next = details.next ?? fill(ERROR_CODES[code].next, this.values);
  }

  get exitCode(): number {
    return ERROR_CODES[this.code].exitCode;
  }

  get fault(): Fault {
    return ERROR_CODES[this.code].fault;
  }
}

/** Any thrown value as a SallyportError: itself, or INTERNAL with the value as its cause. */
export function asSallyportError(thrown: unknown): SallyportError {
  if (thrown instanceof SallyportError) return thrown;
  if (isTwin(thrown)) return new SallyportError(thrown.code, thrown);
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new SallyportError("INTERNAL", { message: `Unexpected: ${text}`, cause: thrown });
}

/** The same class from another bundle (the sandbox's commands are a file of their own). */
function isTwin(thrown: unknown): thrown is SallyportError {
  return (
    thrown instanceof Error &&
    thrown.name === "SallyportError" &&
    "code" in thrown &&
    typeof thrown.code === "string" &&
    thrown.code in ERROR_CODES
  );
}

/** The chain of causes below an error, outermost first, as one line each. */
export function causeChain(error: Error): string[] {
  const lines: string[] = [];
  const seen = new Set<unknown>([error]);
  for (let cause = error.cause; cause !== undefined && !seen.has(cause);) {
    seen.add(cause);
    lines.push(
      cause instanceof Error
        ? `${cause.name}: ${cause.message}`
        : typeof cause === "string"
          ? cause
          : JSON.stringify(cause),
    );
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return lines;
}

function fill(template: string, values: Readonly<Record<string, string | number | boolean>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) =>
    key in values ? String(values[key]) : whole.slice(1, -1).toUpperCase(),
  );
}
