import { homedir } from "node:os";
import { findSignInRecord, requireSignIn, type FoundRecord, type SignInRecord } from "../auth/sign-in-record";
import { guardSignIn } from "../auth/endpoint-guard";
import type { HomeRequest } from "../auth/client-home";
import { makeSsoPortal, type SsoPortal } from "../aws/sso-portal";
import type { CommandContext } from "../core/command-context";
import { readNetwork, type NetworkSettings } from "../network/network-settings";
import { SallyportError } from "../core/errors";

/** A signed-in person: the record, where AWS is for it, and the portal. */
export interface PersonSession extends FoundRecord {
  readonly portal: SsoPortal;
  /** The sandbox's endpoint; undefined for a real sign-in. */
  readonly endpoint: string | undefined;
  /** How this machine reaches it. */
  readonly network: NetworkSettings;
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
 * Errors: AUTH_NOT_SIGNED_IN, AUTH_SIGN_IN_EXPIRED, ENDPOINT_OVERRIDE_REFUSED, NETWORK_SETTINGS_INVALID.
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
  const network = readNetwork(context);
  const portal = makeSsoPortal({
    region: record.region,
    endpoint,
    network,
    accessToken: () => presentToken(record, context),
    clock: context.clock,
    signal: context.signal,
  });
  return { ...found, portal, endpoint, network };
}

/** A command may run longer than a sign-in: it goes on with the next one of the same person, and with nobody else's. */
function presentToken(begun: SignInRecord, context: CommandContext): string {
  const { record } = requireSignIn(knownSignIn(context), context.clock.now());
  if (record.startUrl === begun.startUrl && record.person === begun.person) return record.accessToken;
  throw new SallyportError("AUTH_SIGN_IN_EXPIRED", {
    message: `This command belongs to ${begun.person || "somebody"} at ${begun.startUrl}; now ${record.person || "somebody"} at ${record.startUrl} is signed in.`,
  });
}
