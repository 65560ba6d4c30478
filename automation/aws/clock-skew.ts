import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";

/** How far a signature's time may be from AWS's (AWS General Reference: "within five minutes"), milliseconds. */
export const ALLOWED_SKEW_MS = 5 * 60_000;

/**
 * The error for a machine whose clock is too far from AWS's; undefined if it is near enough or the date cannot be read.
 * `date` is the answer's Date header.
 *
 * @example clockSkew("Mon, 23 Nov 2026 10:10:00 GMT", Date.parse("2026-11-23T10:00:00Z"))?.message
 * // "This machine's clock is 10 minutes behind AWS's."
 */
export function clockSkew(date: string | undefined, now: number): SallyportError | undefined {
  const theirs = Date.parse(date ?? "");
  const skew = now - theirs;
  if (Number.isNaN(theirs) || Math.abs(skew) <= ALLOWED_SKEW_MS) return undefined;
  const minutes = Math.round(Math.abs(skew) / 60_000);
  return new SallyportError("CLOCK_SKEW", {
    message: `This machine's clock is ${minutes} minutes ${skew < 0 ? "behind" : "ahead of"} AWS's.`,
    likely: "Signatures and database tokens are refused when they differ by more than 5 minutes.",
    values: { minutes: skew < 0 ? -minutes : minutes },
  });
}

/** The part of the SDK's middleware stack that is needed here, in any client's types. */
export interface Stack<Input extends object, Output extends object> {
  add(
    middleware: (next: Next<Input, Output>) => Next<Input, Output>,
    options: { readonly step: "deserialize"; readonly priority: "low"; readonly name: string },
  ): void;
}
type Next<Input extends object, Output extends object> = (args: {
  input: Input;
  request: unknown;
}) => Promise<{ response: unknown; output?: Output }>;

/**
 * Looks at the Date of each answer before the SDK does: the SDK corrects its own signatures silently, but a database token
 * signed with the same clock would then be refused for no visible reason.
 */
export function watchClock<Input extends object, Output extends object>(
  stack: Stack<Input, Output>,
  clock: Clock,
): void {
  const middleware =
    (next: Next<Input, Output>): Next<Input, Output> =>
    async (args) => {
      const result = await next(args);
      const skew = clockSkew(dateHeader(result.response), clock.now());
      if (skew) throw skew;
      return result;
    };
  // "low" is the innermost place of the step: error answers pass here too.
  stack.add(middleware, { step: "deserialize", priority: "low", name: "sallyportClock" });
}

function dateHeader(response: unknown): string | undefined {
  if (typeof response !== "object" || response === null || !("headers" in response)) return undefined;
  const headers: unknown = response.headers;
  if (typeof headers !== "object" || headers === null || !("date" in headers)) return undefined;
  return typeof headers.date === "string" ? headers.date : undefined;
}
