import assert from "node:assert/strict";
import { parseSnapshot } from "../../../../infra/contract/snapshot";
import { problemLines, valueOf } from "./sample";

describe("directory snapshot", () => {
  it("keeps the moment and sorts members", () => {
    const raw = {
      takenAt: "2026-11-22T10:00:00Z",
      users: [
        { userId: "2", userName: "b" },
        { userId: "1", userName: "a" },
      ],
      groups: [{ groupId: "g", displayName: "G", members: ["2", "1", "2"] }],
    };
    assert.deepEqual(valueOf(parseSnapshot(raw)), {
      takenAt: "2026-11-22T10:00:00Z",
      users: [
        { userId: "1", userName: "a" },
        { userId: "2", userName: "b" },
      ],
      groups: [{ groupId: "g", displayName: "G", members: ["1", "2"] }],
    });
  });

  it("refuses members who are no users, and names and ids twice", () => {
    const raw = {
      users: [
        { userId: "1", userName: "a" },
        { userId: "1", userName: "a" },
      ],
      groups: [{ groupId: "g", displayName: "G", members: ["9"] }],
    };
    assert.deepEqual(problemLines(parseSnapshot(raw)), [
      'users[1].userId | "1" | each only once',
      'users[1].userName | "a" | each only once',
      'groups[0].members[0] | "9" | the id of a user of the snapshot',
    ]);
  });

  it("refuses what is not a snapshot", () => {
    assert.deepEqual(problemLines(parseSnapshot({ users: "x", groups: [{ groupId: "" }] })), [
      'users | "x" | a list of users',
      'groups[0].groupId | "" | an id of the directory',
      "groups[0].displayName | nothing | a name of the directory",
      "groups[0].members | nothing | a list of user ids",
    ]);
  });
});
