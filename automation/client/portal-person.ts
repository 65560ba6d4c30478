import { makeSsoPortal, type SsoPortal } from "../aws/sso-portal";
import { makeSts, type Sts } from "../aws/sts";
import type { AwsCredentials, AwsOptions } from "../aws/options";
import type { Redactor } from "../core/redactor";
import { listReach } from "../door/reach";

/**
 * The signed-in person's name in the directory. The portal does not tell it; the session name of any permission set of ours does
 * (IAM Identity Center names sessions after the user). "" for somebody who holds none.
 */
export async function portalPerson(
  options: Omit<AwsOptions, "credentials"> & { readonly accessToken: string; readonly redactor: Redactor },
): Promise<string> {
  const portal = makeSsoPortal(options);
  return personOf(portal, options.redactor, (credentials) => makeSts({ ...options, credentials }));
}

/** The look-up itself, over calls that a test can play. */
export async function personOf(
  portal: Pick<SsoPortal, "accounts" | "roles" | "roleCredentials">,
  redactor: Redactor,
  sts: (credentials: AwsCredentials) => Pick<Sts, "getCallerIdentity">,
): Promise<string> {
  const [first] = await listReach(portal);
  if (!first) return "";
  const credentials = await portal.roleCredentials(first.account, first.set);
  redactor.register(credentials.secretAccessKey);
  if (credentials.sessionToken) redactor.register(credentials.sessionToken);
  return (await sts(credentials).getCallerIdentity()).userName;
}
