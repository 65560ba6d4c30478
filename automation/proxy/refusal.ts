/** What a refusal tells besides its SQLSTATE and message. */
export interface RefusalMore {
  readonly detail?: string;
  readonly hint?: string;
  /** Code for the proxy's owner when it is not the SQLSTATE: a code of the product. */
  readonly code?: string;
}

/**
 * A login that does not go on, in the words that the client is told (ErrorResponse, severity FATAL). It never leaves this folder.
 *
 * @example throw new Refusal("28000", "no PostgreSQL user name specified in startup packet");
 */
export class Refusal extends Error {
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly code: string;

  constructor(
    readonly sqlState: string,
    message: string,
    more: RefusalMore = {},
  ) {
    super(message);
    this.name = "Refusal";
    this.detail = more.detail;
    this.hint = more.hint;
    this.code = more.code ?? sqlState;
  }
}

/** SQLSTATE 08P01, protocol_violation (PostgreSQL documentation, appendix A). */
export function violation(message: string, detail?: string): Refusal {
  return new Refusal("08P01", message, detail === undefined ? {} : { detail });
}
