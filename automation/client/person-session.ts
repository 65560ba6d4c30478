import { homedir } from "node:os";
import { findSignInRecord, requireSignIn, type FoundRecord } from "../auth/sign-in-record";
import { guardSignIn } from "../auth/endpoint-guard";
import type { HomeRequest } from "../auth/client-home";
import { makeSsoPortal, type SsoPortal } from "../aws/sso-portal";
import type { CommandContext } from "../core/command-context";

/** A signed-in person: the record, where AWS is for it, and the portal. */
export interface PersonSession extends FoundRecord {
  readonly portal: SsoPortal;
  /** The sandbox's endpoint; undefined for a real sign-in. */
  readonly endpoint: string | undefined;
}

/** Where this command looks for and keeps a person's files. */
export function homeRequest(context: CommandContext): HomeRequest {
  return { env: context.env, cwd: context.cwd, platform: process.platform, homeFolder: homedir() };
}

/** The machine's sign-in, ended or not. */
export function knownSignIn(context: CommandContext): FoundRecord | undefined {
  return findSignInRecord(homeRequest(context), context.redactor);
}

/**
 * The person who is signed in.
 *
 * Errors: AUTH_NOT_SIGNED_IN, AUTH_SIGN_IN_EXPIRED, ENDPOINT_OVERRIDE_REFUSED.
 */
export function personSession(
  context: CommandContext,
  options: { readonly allowOverride?: boolean } = {},
): PersonSession {
  const found = requireSignIn(knownSignIn(context), context.clock.now());
  const { record } = found;
  const endpoint = record.sandbox?.endpointUrl;
  guardSignIn({
    env: context.env,
    sandboxEndpoint: endpoint,
    startUrl: record.startUrl,
    allowOverride: options.allowOverride ?? false,
  });
  const portal = makeSsoPortal({
    region: record.region,
    endpoint,
    accessToken: record.accessToken,
    clock: context.clock,
    signal: context.signal,
  });
  return { ...found, portal, endpoint };
}
