import { STATUS_CODES, type IncomingHttpHeaders } from "node:http";
import { SallyportError } from "../core/errors";
import type { ProxyAddress } from "./proxy-address";
import { socketErrorText } from "./socket-error-text";

/** A connection that a proxy did not make. `target` is `host:port`. */
export interface ProxyAttempt {
  readonly proxy: ProxyAddress;
  readonly target: string;
}

/**
 * The proxy's answer to CONNECT when it is no success (RFC 9110, section 9.3.6), as an error with what to do about it.
 *
 * @example proxyRefused({proxy, target: "ssm.eu-west-2.amazonaws.com:443"}, 403, {}).message
 * // "The HTTP proxy http://proxy.example:3128 (HTTPS_PROXY) refused the way to ssm.eu-west-2.amazonaws.com:443: 403 Forbidden."
 */
export function proxyRefused(attempt: ProxyAttempt, status: number, headers: IncomingHttpHeaders): SallyportError {
  const reason = STATUS_CODES[status];
  const answer = `${status}${reason === undefined ? "" : ` ${reason}`}`;
  return failed(attempt, `refused the way to ${attempt.target}: ${answer}`, nextAfter(attempt, status, headers));
}

/** The proxy cannot be reached, or its own TLS is not accepted; `error` is the socket's. */
export function proxyUnreachable(attempt: ProxyAttempt, error: Error): SallyportError {
  const { variable } = attempt.proxy;
  const next = `check that ${variable} names the right proxy and that it runs, or unset it`;
  return failed(attempt, `cannot be reached: ${socketErrorText(error)}`, next, error);
}

/** The proxy said nothing for so long, or hung up without an answer. */
export function proxySilent(attempt: ProxyAttempt, afterMs: number | undefined): SallyportError {
  const said =
    afterMs === undefined ? "closed the connection without an answer" : `did not answer within ${afterMs / 1000} s`;
  return failed(attempt, said, `check ${attempt.proxy.variable}, then run again`);
}

/** The proxy gave way, but TLS with the target did not come to an end. */
export function targetSilent(attempt: ProxyAttempt, afterMs: number): SallyportError {
  const message = `${attempt.target} did not complete TLS within ${afterMs / 1000} s through the HTTP proxy ${named(attempt)}.`;
  return new SallyportError("HTTP_PROXY_FAILED", { message, next: "run again; if it stays, ask the proxy's owners" });
}

function failed(attempt: ProxyAttempt, what: string, next: string, cause?: Error): SallyportError {
  return new SallyportError("HTTP_PROXY_FAILED", {
    message: `The HTTP proxy ${named(attempt)} ${what}.`,
    next,
    values: { proxy: attempt.proxy.shown, target: attempt.target },
    cause,
  });
}

const named = ({ proxy }: ProxyAttempt): string => `${proxy.shown} (${proxy.variable})`;

function nextAfter({ proxy, target }: ProxyAttempt, status: number, headers: IncomingHttpHeaders): string {
  const host = target.replace(/:\d+$/, "");
  if (status === 407) {
    const schemes = schemesOf(headers["proxy-authenticate"]);
    if (schemes.length > 0 && !schemes.includes("basic"))
      return `the proxy asks for ${schemes.join(" or ")}, which is not supported: use one that takes Basic, or add ${host} to NO_PROXY`;
    return proxy.authorization === undefined
      ? `put the proxy's user and password into ${proxy.variable}: http://user:password@host:port`
      : `correct the user and password in ${proxy.variable} (special characters are percent-encoded)`;
  }
  if (status === 403) return `ask the proxy's owners to allow ${target}, or add ${host} to NO_PROXY`;
  if (status >= 500) return `check that the proxy can reach ${target}, then run again`;
  return `check that ${proxy.variable} names an HTTP proxy that allows CONNECT`;
}

/** @example schemesOf("Negotiate, Basic realm=\"x\"") // ["negotiate", "basic"] */
function schemesOf(header: string | string[] | undefined): string[] {
  const text = typeof header === "string" ? header : (header ?? []).join(", ");
  const schemes = [...text.matchAll(/(?:^|,)\s*([A-Za-z]+)(?=\s*(?:,|$)|\s+[^=,\s])/g)];
  return schemes.map((found) => (found[1] ?? "").toLowerCase());
}
