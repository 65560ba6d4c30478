import {
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from "@aws-sdk/client-identitystore";
import { allPages, makeCall } from "./call";
import { clientSettings, type AwsOptions } from "./options";

/** An entry of the directory; undefined where the answer left it out. */
export interface UserEntry {
  readonly userId: string | undefined;
  readonly userName: string | undefined;
}
export interface GroupEntry {
  readonly groupId: string | undefined;
  readonly displayName: string | undefined;
}

export interface IdentityStore {
  users(): Promise<UserEntry[]>;
  groups(): Promise<GroupEntry[]>;
  /** User ids of a group's members; undefined entries are members without a user id. */
  members(groupId: string): Promise<(string | undefined)[]>;
}

/** The directory of Identity Center; every list is read to its last page. */
export function makeIdentityStore(options: AwsOptions & { readonly identityStoreId: string }): IdentityStore {
  const client = new IdentitystoreClient(clientSettings(options));
  const call = makeCall(client, "identitystore", options);
  const base = (token: string | undefined) => ({
    IdentityStoreId: options.identityStoreId,
    MaxResults: 100,
    ...(token === undefined ? {} : { NextToken: token }),
  });
  return {
    users: () =>
      allPages(async (token) => {
        const answer = await call("ListUsers", (http) => client.send(new ListUsersCommand(base(token)), http));
        return {
          items: (answer.Users ?? []).map((user) => ({ userId: user.UserId, userName: user.UserName })),
          next: answer.NextToken,
        };
      }),
    groups: () =>
      allPages(async (token) => {
        const answer = await call("ListGroups", (http) => client.send(new ListGroupsCommand(base(token)), http));
        return {
          items: (answer.Groups ?? []).map((group) => ({ groupId: group.GroupId, displayName: group.DisplayName })),
          next: answer.NextToken,
        };
      }),
    members: (groupId) =>
      allPages(async (token) => {
        const input = { ...base(token), GroupId: groupId };
        const answer = await call("ListGroupMemberships", (http) =>
          client.send(new ListGroupMembershipsCommand(input), http),
        );
        return {
          items: (answer.GroupMemberships ?? []).map((member) => member.MemberId?.UserId),
          next: answer.NextToken,
        };
      }),
  };
}
