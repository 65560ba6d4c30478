import { parsePermissionSetName } from "../../infra/contract/names";
import type { SsoPortal } from "../aws/sso-portal";
import { SallyportError } from "../core/errors";

/** A permission set of ours that the person can choose. */
export interface ReachableRole {
  readonly account: string;
  readonly estate: string;
  readonly env: string;
  /** The role's name in access.yaml. */
  readonly role: string;
  /** The permission set's name: `sp-<estate>-<env>-<role>`. */
  readonly set: string;
}

/** An environment and the roles that the person holds there, sorted. */
export interface ReachableEnvironment {
  readonly account: string;
  readonly estate: string;
  readonly env: string;
  readonly roles: readonly string[];
}

/** Everything of ours that the access portal offers; sets of other makers are left out. */
export async function listReach(portal: Pick<SsoPortal, "accounts" | "roles">): Promise<ReachableRole[]> {
  const reach: ReachableRole[] = [];
  for (const account of await portal.accounts()) {
    for (const set of await portal.roles(account)) {
      const parsed = parsePermissionSetName(set);
      if (parsed) reach.push({ account, set, ...parsed });
    }
  }
  return reach;
}

/**
 * The environment that is meant: the named one, or the only one.
 *
 * Errors: AUTH_NO_ACCESS if the person holds nothing there; AUTH_ROLE_CHOICE with the list if several are possible.
 */
export function chooseEnvironment(
  reach: readonly ReachableRole[],
  asked: { readonly estate?: string | undefined; readonly env?: string | undefined },
): ReachableEnvironment {
  const environments = byEnvironment(reach);
  const names = environments.map(({ estate, env }) => `${estate}/${env}`);
  const matching = environments.filter(
    ({ estate, env }) => (asked.estate ?? estate) === estate && (asked.env ?? env) === env,
  );
  const [only, another] = matching;
  if (!only) {
    const where = asked.env === undefined ? "" : ` in environment ${asked.env}`;
    throw new SallyportError("AUTH_NO_ACCESS", {
      message: `Your sign-in reaches no permission set of sallyport${where}.`,
      likely:
        names.length === 0
          ? "No assignment was made for you, or it was removed."
          : `You can reach: ${names.join(", ")}.`,
    });
  }
  if (another) {
    throw new SallyportError("AUTH_ROLE_CHOICE", {
      message: `Several environments are possible: ${matching.map(({ estate, env }) => `${estate}/${env}`).join(", ")}.`,
      next: "sallyport connect --env ENV",
    });
  }
  return only;
}

function byEnvironment(reach: readonly ReachableRole[]): ReachableEnvironment[] {
  const groups = new Map<string, { account: string; estate: string; env: string; roles: string[] }>();
  for (const { account, estate, env, role } of reach) {
    const key = `${estate}/${env}/${account}`;
    const group = groups.get(key) ?? { account, estate, env, roles: [] };
    group.roles.push(role);
    groups.set(key, group);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ ...group, roles: group.roles.sort() }));
}
