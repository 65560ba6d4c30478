import { parseSnapshot, type Snapshot } from "../../infra/contract/snapshot";
import { formatProblem } from "../../infra/contract/result";
import { SallyportError } from "../core/errors";
import { makeIdentityStore, type IdentityStore } from "./identitystore";
import type { AwsOptions } from "./options";
import { makeSsoAdmin, type SsoAdmin } from "./sso-admin";
import { makeSts, type Sts } from "./sts";

/** The calls that reading the directory needs. */
export interface DirectoryCalls {
  readonly sts: Pick<Sts, "getCallerIdentity">;
  readonly ssoAdmin: Pick<SsoAdmin, "instances">;
  readonly identityStore: (identityStoreId: string) => IdentityStore;
}

/** Which directory: the account that owns Identity Center, in the region of `AwsOptions`. */
export interface DirectoryRequest {
  readonly accountId: string;
}

/**
 * Reads users, groups and memberships of Identity Center, every page, sorted.
 *
 * Errors: IDENTITY_WRONG_ACCOUNT before anything else if the credentials are of another account; DIRECTORY_INCOMPLETE if an
 * answer left something out (an incomplete page is never an empty list); AUTH_FORBIDDEN with AWS's words.
 */
export async function readSnapshot(options: AwsOptions & DirectoryRequest): Promise<Snapshot> {
  return readDirectory(options, {
    sts: makeSts(options),
    ssoAdmin: makeSsoAdmin(options),
    identityStore: (identityStoreId) => makeIdentityStore({ ...options, identityStoreId }),
  });
}

/** The reading itself, over calls that a test can play. */
export async function readDirectory(request: DirectoryRequest, calls: DirectoryCalls): Promise<Snapshot> {
  const identity = await calls.sts.getCallerIdentity();
  if (identity.account !== request.accountId) {
    throw new SallyportError("IDENTITY_WRONG_ACCOUNT", {
      message: `These credentials are of account ${identity.account}; Identity Center is in ${request.accountId}.`,
      values: { account: request.accountId, seen: identity.account },
    });
  }
  const instances = await calls.ssoAdmin.instances();
  const instance = instances.find((one) => one.identityStoreId !== "");
  if (!instance) throw incomplete(`Identity Center has no instance in account ${request.accountId} and this region`);
  const store = calls.identityStore(instance.identityStoreId);
  const users = (await store.users()).map(({ userId, userName }) => {
    if (!userId || !userName) throw incomplete(`a user without ${userId ? "a name" : "an id"}`);
    return { userId, userName };
  });
  const groups = [];
  for (const { groupId, displayName } of await store.groups()) {
    if (!groupId || !displayName) throw incomplete(`a group without ${groupId ? "a name" : "an id"}`);
    const members = (await store.members(groupId)).map((userId) => {
      if (!userId) throw incomplete(`a member of group "${displayName}" without an id`);
      return userId;
    });
    groups.push({ groupId, displayName, members });
  }
  const snapshot = parseSnapshot({ users, groups });
  if (!snapshot.ok) throw incomplete(snapshot.problems.map(formatProblem).join("; "));
  return snapshot.value;
}

function incomplete(what: string): SallyportError {
  return new SallyportError("DIRECTORY_INCOMPLETE", { message: `The directory's answer is incomplete: ${what}.` });
}
