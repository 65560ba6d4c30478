import { decodeDescriptor, type Descriptor } from "../../infra/contract/descriptor";
import { descriptorName, descriptorPath, loginName } from "../../infra/contract/names";
import { formatProblem } from "../../infra/contract/result";
import { guardAccount } from "../auth/endpoint-guard";
import type { Ssm } from "../aws/ssm";
import type { SsoPortal } from "../aws/sso-portal";
import type { CallerIdentity, Sts } from "../aws/sts";
import type { Clock } from "../core/clock";
import { SallyportError } from "../core/errors";
import type { Redactor } from "../core/redactor";
import { chooseRole } from "./choose-role";
import { chooseEnvironment, listReach } from "./reach";
import { roleCredentials, type RoleCredentials } from "./role-credentials";

/** What finding needs: the portal of a signed-in person, and clients for credentials that are found on the way. */
export interface FindRequest {
  readonly portal: Pick<SsoPortal, "accounts" | "roles" | "roleCredentials">;
  readonly ssm: (region: string, credentials: RoleCredentials) => Pick<Ssm, "parametersByPath">;
  readonly sts: (region: string, credentials: RoleCredentials) => Pick<Sts, "getCallerIdentity">;
  /** Identity Center's region: descriptors stand there. */
  readonly identityRegion: string;
  /** Whether the sign-in is the sandbox's. */
  readonly sandbox: boolean;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly estate?: string | undefined;
  readonly env?: string | undefined;
  readonly role?: string | undefined;
  /** Role last used in `<estate>/<env>`. */
  readonly lastRole?: ((environment: string) => string | undefined) | undefined;
}

/** A door that a person may try. */
export interface FoundDoor {
  readonly descriptor: Descriptor;
  readonly account: string;
  readonly role: string;
  /** The permission set whose credentials these are. */
  readonly set: string;
  readonly credentials: RoleCredentials;
  /** The person's name in the directory, as AWS says it. */
  readonly person: string;
  /** The database login: the person's name, or the role's separate one. */
  readonly login: string;
}

/**
 * From a sign-in to a door: permission sets of the portal → environment → descriptor → role → its credentials.
 *
 * Errors: AUTH_NO_ACCESS, AUTH_ROLE_CHOICE, DOOR_NOT_FOUND, DOOR_DESCRIPTOR_INVALID, DOOR_MISMATCH, ENDPOINT_OVERRIDE_REFUSED
 * when a sandbox sign-in and a real account meet.
 */
export async function findDoor(request: FindRequest): Promise<FoundDoor> {
  const reach = await listReach(request.portal);
  for (const { account } of reach) guardAccount({ sandbox: request.sandbox, account });
  const { account, estate, env, roles: held } = chooseEnvironment(reach, request);
  const credentialsOf = (role: string): RoleCredentials => {
    const set =
      reach.find((one) => one.account === account && one.estate === estate && one.env === env && one.role === role)
        ?.set ?? "";
    return roleCredentials({ portal: request.portal, account, set, clock: request.clock, redactor: request.redactor });
  };
  // Any set of the environment may read the descriptor; only the descriptor knows which role logs in how.
  const first = request.role !== undefined && held.includes(request.role) ? request.role : (held[0] ?? "");
  const firstCredentials = credentialsOf(first);
  const descriptor = await readDescriptor(request.ssm(request.identityRegion, firstCredentials), {
    estate,
    env,
    account,
  });
  const role = chooseRole({
    env,
    held,
    logins: descriptor.roles,
    asked: request.role,
    lastUsed: request.lastRole?.(`${estate}/${env}`),
  });
  const credentials = role === first ? firstCredentials : credentialsOf(role);
  const identity = await request.sts(descriptor.region, credentials).getCallerIdentity();
  checkAccount(identity, account);
  const entry = descriptor.roles[role];
  return {
    descriptor,
    account,
    role,
    set: entry?.set ?? "",
    credentials,
    person: identity.userName,
    login: loginName(identity.userName, role, entry?.login ?? "self"),
  };
}

async function readDescriptor(
  ssm: Pick<Ssm, "parametersByPath">,
  at: { estate: string; env: string; account: string },
): Promise<Descriptor> {
  const name = descriptorName(at.estate, at.env);
  const found = (await ssm.parametersByPath(descriptorPath(at.estate))).find((parameter) => parameter.name === name);
  if (!found) {
    throw new SallyportError("DOOR_NOT_FOUND", {
      message: `Account ${at.account} holds no descriptor ${name}.`,
      values: { env: at.env },
    });
  }
  const decoded = decodeDescriptor(found.value);
  if (!decoded.ok) {
    throw new SallyportError("DOOR_DESCRIPTOR_INVALID", {
      message: `The descriptor ${name} is not valid:\n${decoded.problems.map(formatProblem).join("\n")}`,
      values: { env: at.env },
    });
  }
  const { estate, env, account } = decoded.value;
  if (estate !== at.estate || env !== at.env || account !== at.account) {
    throw new SallyportError("DOOR_MISMATCH", {
      message: `The descriptor ${name} of account ${at.account} speaks of ${estate}/${env} in account ${account}; it is not followed.`,
    });
  }
  return decoded.value;
}

/** The permission set must lead where the portal said. */
function checkAccount(identity: CallerIdentity, account: string): void {
  if (identity.account === account) return;
  throw new SallyportError("DOOR_MISMATCH", {
    message: `The credentials are of account ${identity.account}, not of ${account} as the portal said.`,
  });
}
