import assert from "node:assert/strict";
import { readDirectory, readSnapshot, type DirectoryCalls } from "../../../../automation/aws/directory";
import { systemClock } from "../../../../automation/core/clock";
import { callerIdentity, EXAMPLE_KEYS, FakeAws } from "../../../support/fake-aws";

const ACCOUNT = "000000000001";

function calls(
  more: { users?: unknown[]; groups?: unknown[]; members?: unknown[]; account?: string; asked?: string[] } = {},
): DirectoryCalls {
  return {
    sts: { getCallerIdentity: async () => ({ account: more.account ?? ACCOUNT, arn: "", userId: "", userName: "" }) },
    ssoAdmin: {
      instances: async () => {
        more.asked?.push("instances");
        return [{ instanceArn: "arn", identityStoreId: "d-1", ownerAccount: ACCOUNT }];
      },
    },
    identityStore: () => ({
      users: async () => (more.users ?? [{ userId: "u1", userName: "jane" }]) as never,
      groups: async () => (more.groups ?? [{ groupId: "g1", displayName: "Analysts" }]) as never,
      members: async () => (more.members ?? ["u1"]) as never,
    }),
  };
}

describe("reading the directory", () => {
  it("answers users, groups and members, sorted, over every page", async () => {
    const aws = await FakeAws.start();
    try {
      aws.on(
        "GetCallerIdentity",
        callerIdentity(ACCOUNT, "arn:aws:sts::000000000001:assumed-role/sallyport-identity/sallyport"),
      );
      aws.on("ListInstances", {
        json: { Instances: [{ InstanceArn: "arn", IdentityStoreId: "d-1", OwnerAccountId: ACCOUNT }] },
      });
      aws.on("ListUsers", ({ input }) =>
        input.NextToken === undefined
          ? { json: { Users: [{ UserId: "u2", UserName: "sam" }], NextToken: "n" } }
          : {
              json: {
                Users: [
                  { UserId: "u1", UserName: "jane" },
                  { UserId: "u3", UserName: "Ben" },
                ],
              },
            },
      );
      aws.on("ListGroups", {
        json: {
          Groups: [
            { GroupId: "g2", DisplayName: "Engineers" },
            { GroupId: "g1", DisplayName: "Analysts" },
          ],
        },
      });
      aws.on("ListGroupMemberships", ({ input }) => ({
        json: {
          GroupMemberships:
            input.GroupId === "g1" ? [{ MemberId: { UserId: "u2" } }, { MemberId: { UserId: "u1" } }] : [],
        },
      }));
      assert.deepEqual(
        await readSnapshot({
          accountId: ACCOUNT,
          region: "eu-west-1",
          endpoint: aws.url,
          credentials: EXAMPLE_KEYS,
          clock: systemClock,
        }),
        {
          users: [
            { userId: "u3", userName: "Ben" },
            { userId: "u1", userName: "jane" },
            { userId: "u2", userName: "sam" },
          ],
          groups: [
            { groupId: "g1", displayName: "Analysts", members: ["u1", "u2"] },
            { groupId: "g2", displayName: "Engineers", members: [] },
          ],
        },
      );
    } finally {
      await aws.close();
    }
  });

  it("refuses another account first of all", async () => {
    const asked: string[] = [];
    await assert.rejects(readDirectory({ accountId: ACCOUNT }, calls({ account: "000000000000", asked })), {
      code: "IDENTITY_WRONG_ACCOUNT",
      message: "These credentials are of account 000000000000; Identity Center is in 000000000001.",
      next: "use credentials of account 000000000001, or set identity.assumeRole",
    });
    assert.deepEqual(asked, []);
  });

  for (const [what, more] of [
    ["a user without a name", { users: [{ userId: "u1" }] }],
    ["a group without an id", { groups: [{ displayName: "Analysts" }] }],
    ["a member without an id", { members: [undefined] }],
    ["a member who is no user", { members: ["u9"] }],
  ] as const) {
    it(`${what} is an incomplete answer, never a shorter list`, async () => {
      await assert.rejects(readDirectory({ accountId: ACCOUNT }, calls(more as never)), {
        code: "DIRECTORY_INCOMPLETE",
      });
    });
  }

  it("no instance in the region is an incomplete answer too", async () => {
    await assert.rejects(
      readDirectory({ accountId: ACCOUNT }, { ...calls(), ssoAdmin: { instances: async () => [] } }),
      {
        code: "DIRECTORY_INCOMPLETE",
        message: /Identity Center has no instance in account 000000000001/,
      },
    );
  });
});
