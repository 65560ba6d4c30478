import { deviceSignIn } from "../auth/device-flow";
import { makeSsoOidc } from "../aws/sso-oidc";
import { makeSsoPortal } from "../aws/sso-portal";
import type { CommandContext } from "../core/command-context";
import { SallyportError } from "../core/errors";
import { approveInSandbox } from "./login-as";
import { runningSandbox } from "./sandbox-process";

/**
 * A person's variables for the AWS CLI, boto3 and other SDKs: signed in by the device flow (approved with the control token), then
 * the portal's credentials for one permission set.
 *
 * Errors: SANDBOX_NOT_RUNNING, SANDBOX_PERSON_UNKNOWN, AUTH_NO_ACCESS, AUTH_ROLE_CHOICE.
 */
export async function personVariables(
  person: string,
  role: string | undefined,
  context: CommandContext,
): Promise<Record<string, string>> {
  const { file } = await runningSandbox(context.cwd);
  context.redactor.register(file.controlToken);
  if (!file.people.includes(person)) {
    throw new SallyportError("SANDBOX_PERSON_UNKNOWN", {
      message: `The sandbox's directory has no "${person}".`,
      likely: `There are: ${file.people.join(", ")}.`,
    });
  }
  const { clock, signal } = context;
  const aws = { region: file.identity.region, endpoint: file.endpointUrl, clock, signal };
  const { accessToken } = await deviceSignIn({
    oidc: makeSsoOidc(aws),
    startUrl: file.identity.startUrl,
    clock,
    signal,
    onCode: ({ userCode }) => approveInSandbox({ ...file, people: [...file.people] }, { userCode, person }, signal),
  });
  context.redactor.register(accessToken);
  const portal = makeSsoPortal({ ...aws, accessToken });
  const sets: PersonSet[] = [];
  for (const account of await portal.accounts())
    for (const set of await portal.roles(account)) sets.push({ account, set });
  const chosen = chooseSet(sets, role, person);
  const keys = await portal.roleCredentials(chosen.account, chosen.set);
  return {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken ?? "",
    AWS_REGION: file.region,
    // The AWS CLI and boto3 read this one.
    AWS_DEFAULT_REGION: file.region,
    AWS_ENDPOINT_URL: file.endpointUrl,
  };
}

/** A permission set that a person has in an account. */
export interface PersonSet {
  readonly account: string;
  readonly set: string;
}

/**
 * The set that `--role` names, in full or by its last part; without it the only one there is.
 *
 * Errors: AUTH_NO_ACCESS, AUTH_ROLE_CHOICE.
 *
 * @example chooseSet([{ account: "1", set: "sp-payments-dev-developer" }], "developer", "jane") // that one
 */
export function chooseSet(sets: readonly PersonSet[], role: string | undefined, person: string): PersonSet {
  const names = sets.map(({ set }) => set);
  if (sets.length === 0)
    throw new SallyportError("AUTH_NO_ACCESS", { message: `${person} has no permission set in any account.` });
  const exact = sets.filter(({ set }) => set === role);
  const fitting =
    role === undefined ? sets : exact.length > 0 ? exact : sets.filter(({ set }) => set.endsWith(`-${role}`));
  const [first, second] = fitting;
  if (first && !second) return first;
  if (!first)
    throw new SallyportError("AUTH_NO_ACCESS", {
      message: `${person} has no permission set "${role}".`,
      likely: `There are: ${names.join(", ")}.`,
    });
  throw new SallyportError("AUTH_ROLE_CHOICE", {
    message: `${person} has several permission sets: ${names.join(", ")}.`,
    next: `sallyport sandbox env --as ${person} --role ${first.set}`,
  });
}
