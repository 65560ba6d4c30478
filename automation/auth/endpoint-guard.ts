import { SallyportError } from "../core/errors";
import { isLoopbackHost } from "../network/loopback";

/** Accounts that exist in the sandbox alone: AWS never gave out these numbers. */
const RESERVED_ACCOUNTS: ReadonlySet<string> = new Set(["000000000000", "000000000001"]);

/** The environment's variables, as a value. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** True for the sandbox's accounts. */
export function isReservedAccount(account: string): boolean {
  return RESERVED_ACCOUNTS.has(account);
}

/**
 * Variables that send the SDK's calls elsewhere (AWS SDKs and tools reference, "Service-specific endpoints"), sorted.
 *
 * @example endpointOverrides({AWS_ENDPOINT_URL_SSM: "http://x", HOME: "/h"}) // ["AWS_ENDPOINT_URL_SSM"]
 */
export function endpointOverrides(env: Environment): string[] {
  return Object.keys(env)
    .filter((name) => /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/.test(name) && (env[name] ?? "") !== "")
    .sort();
}

/** What the runner may do with its environment. */
export interface RunnerEndpoint {
  readonly sandbox: boolean;
  /** To hand to the adapters; undefined means AWS's own. */
  readonly endpoint: string | undefined;
}

/**
 * For the runner: an endpoint override belongs to the sandbox's accounts, and they to it. Anything else is refused, so that
 * neither real credentials go to a leftover port nor sandbox commands to AWS.
 *
 * Errors: ENDPOINT_OVERRIDE_REFUSED.
 */
export function guardRunner(request: {
  readonly env: Environment;
  readonly accounts: readonly string[];
  readonly allowOverride?: boolean;
}): RunnerEndpoint {
  const reserved = request.accounts.filter(isReservedAccount);
  const overrides = endpointOverrides(request.env);
  const endpoint = request.env.AWS_ENDPOINT_URL === "" ? undefined : request.env.AWS_ENDPOINT_URL;
  if (reserved.length > 0 && reserved.length < request.accounts.length) {
    throw refused(`The accounts ${request.accounts.join(", ")} mix the sandbox's with real ones.`);
  }
  if (reserved.length > 0) {
    if (endpoint === undefined) {
      throw refused(
        `Account ${reserved[0]} is the sandbox's, but AWS_ENDPOINT_URL is not set.`,
        'eval "$(sallyport sandbox env --pulumi)"',
      );
    }
    if (!isLoopback(endpoint))
      throw refused(
        `Account ${reserved[0]} is the sandbox's, but AWS_ENDPOINT_URL is ${endpoint}, which is not on this machine.`,
      );
    return { sandbox: true, endpoint };
  }
  if (overrides.length > 0 && request.allowOverride !== true)
    throw leftover(overrides, request.env, `account ${request.accounts.join(", ")}`);
  return { sandbox: false, endpoint };
}

/**
 * For people: the sign-in record alone says where calls go. A leftover override is refused for a real sign-in; a sandbox
 * sign-in brings its own endpoint, which wins over the environment.
 *
 * Errors: ENDPOINT_OVERRIDE_REFUSED.
 */
export function guardSignIn(request: {
  readonly env: Environment;
  readonly sandboxEndpoint: string | undefined;
  readonly startUrl: string;
  readonly allowOverride?: boolean;
}): void {
  if (request.sandboxEndpoint !== undefined) {
    if (!isLoopback(request.sandboxEndpoint))
      throw refused(
        `The sandbox sign-in names ${request.sandboxEndpoint}, which is not on this machine.`,
        "sallyport login",
      );
    return;
  }
  const overrides = endpointOverrides(request.env);
  if (overrides.length > 0 && request.allowOverride !== true)
    throw leftover(overrides, request.env, `the sign-in at ${request.startUrl}`);
}

/** A sandbox sign-in reaches reserved accounts only, and a real one never does. Errors: ENDPOINT_OVERRIDE_REFUSED. */
export function guardAccount(request: { readonly sandbox: boolean; readonly account: string }): void {
  if (request.sandbox === isReservedAccount(request.account)) return;
  throw refused(
    request.sandbox
      ? `A sandbox sign-in leads to the real account ${request.account}.`
      : `A real sign-in leads to the sandbox's account ${request.account}.`,
    "sallyport login",
  );
}

/**
 * True for a plain HTTP address on this machine.
 *
 * @example isLoopback("http://127.0.0.1:4566") // true
 */
export function isLoopback(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return (
    parsed !== undefined &&
    /^https?:$/.test(parsed.protocol) &&
    isLoopbackHost(parsed.hostname) &&
    parsed.username === ""
  );
}

function leftover(names: readonly string[], env: Environment, what: string): SallyportError {
  return refused(`${names.map((name) => `${name}=${env[name] ?? ""}`).join(", ")} would send ${what} elsewhere.`);
}

function refused(message: string, next?: string): SallyportError {
  return new SallyportError("ENDPOINT_OVERRIDE_REFUSED", { message, ...(next === undefined ? {} : { next }) });
}
