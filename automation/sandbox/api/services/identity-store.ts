import { IDENTITY_ACCOUNT, IDENTITY_REGION } from "../../account/estate";
import { ApiError, requiredText, type Call, type JsonService, type Operation } from "../operation";
import { permit } from "../permit";

const PAGE = 100;

/** The directory answers in its own account and region alone. */
function refuseElsewhere(call: Call): void {
  const { directory } = call.estate;
  if (
    call.account !== IDENTITY_ACCOUNT ||
    call.region !== IDENTITY_REGION ||
    requiredText(call.input, "IdentityStoreId") !== directory.identityStoreId
  ) {
    throw new ApiError(
      "ResourceNotFoundException",
      `IdentityStore ${String(call.input.IdentityStoreId)} does not exist in this account and region.`,
    );
  }
}

/** One page of a list; the token is the place to go on from. Sizes are 1 to 100 (Identity Store API reference, ListUsers). */
function page<T>(
  items: readonly T[],
  { MaxResults, NextToken }: Readonly<Record<string, unknown>>,
): { readonly part: readonly T[]; readonly NextToken?: string } {
  const from = typeof NextToken === "string" ? Number(NextToken) : 0;
  if (!Number.isInteger(from) || from < 0) throw new ApiError("ValidationException", "NextToken is not valid");
  // A page of nothing would send a reader round for ever.
  const size = MaxResults ?? PAGE;
  if (typeof size !== "number" || !Number.isInteger(size) || size < 1 || size > PAGE)
    throw new ApiError("ValidationException", `MaxResults must be a whole number from 1 to ${PAGE}`);
  return {
    part: items.slice(from, from + size),
    ...(from + size < items.length ? { NextToken: String(from + size) } : {}),
  };
}

const listUsers: Operation = (call) => {
  permit(call, "identitystore:ListUsers");
  refuseElsewhere(call);
  const { part, ...more } = page(call.estate.directory.users, call.input);
  const IdentityStoreId = call.estate.directory.identityStoreId;
  return {
    Users: part.map((user) => ({
      IdentityStoreId,
      UserId: user.userId,
      UserName: user.userName,
      DisplayName: user.displayName,
      Emails: [{ Value: user.email, Primary: true }],
    })),
    ...more,
  };
};

const listGroups: Operation = (call) => {
  permit(call, "identitystore:ListGroups");
  refuseElsewhere(call);
  const { part, ...more } = page(call.estate.directory.groups, call.input);
  return {
    Groups: part.map((group) => ({
      IdentityStoreId: call.estate.directory.identityStoreId,
      GroupId: group.groupId,
      DisplayName: group.displayName,
    })),
    ...more,
  };
};

const listGroupMemberships: Operation = (call) => {
  permit(call, "identitystore:ListGroupMemberships");
  refuseElsewhere(call);
  const id = requiredText(call.input, "GroupId");
  const group = call.estate.directory.groups.find(({ groupId }) => groupId === id);
  if (!group) throw new ApiError("ResourceNotFoundException", `GROUP not found: ${id}`);
  const { part, ...more } = page(group.members, call.input);
  return {
    GroupMemberships: part.map((userId) => ({
      IdentityStoreId: call.estate.directory.identityStoreId,
      GroupId: id,
      MemberId: { UserId: userId },
    })),
    ...more,
  };
};

/** The identity store: users, groups, memberships. */
export const identityStore: JsonService = {
  prefix: "AWSIdentityStore",
  operations: { ListUsers: listUsers, ListGroups: listGroups, ListGroupMemberships: listGroupMemberships },
};
