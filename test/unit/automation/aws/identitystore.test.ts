import assert from "node:assert/strict";
import { makeIdentityStore } from "../../../../automation/aws/identitystore";
import { systemClock } from "../../../../automation/core/clock";
import { EXAMPLE_KEYS, FakeAws } from "../../../support/fake-aws";

describe("identity store adapter", () => {
  it("reads users, groups and members to their last page", async () => {
    const aws = await FakeAws.start();
    try {
      aws.on("ListUsers", ({ input }) =>
        input.NextToken === undefined
          ? { json: { Users: [{ UserId: "u1", UserName: "jane" }], NextToken: "n" } }
          : { json: { Users: [{ UserId: "u2" }] } },
      );
      aws.on("ListGroups", { json: { Groups: [{ GroupId: "g1", DisplayName: "Analysts" }] } });
      aws.on("ListGroupMemberships", { json: { GroupMemberships: [{ MemberId: { UserId: "u1" } }, {}] } });
      const store = makeIdentityStore({
        region: "eu-west-1",
        endpoint: aws.url,
        credentials: EXAMPLE_KEYS,
        clock: systemClock,
        identityStoreId: "d-1",
      });
      assert.deepEqual(await store.users(), [
        { userId: "u1", userName: "jane" },
        { userId: "u2", userName: undefined },
      ]);
      assert.deepEqual(await store.groups(), [{ groupId: "g1", displayName: "Analysts" }]);
      assert.deepEqual(await store.members("g1"), ["u1", undefined]);
      assert.deepEqual(aws.inputs("ListGroupMemberships"), [
        { IdentityStoreId: "d-1", MaxResults: 100, GroupId: "g1" },
      ]);
    } finally {
      await aws.close();
    }
  });
});
