import assert from "node:assert/strict";
import { runnerKey } from "../../../../../automation/sandbox/account/seed";
import { testEstate } from "../provider/fixture";

describe("a fresh estate", () => {
  const { estate } = testEstate();
  const { users, groups, former, startUrl } = estate.directory;
  const membersOf = (name: string) =>
    groups
      .find((group) => group.displayName === name)
      ?.members.map((id) => users.find((user) => user.userId === id)?.userName);

  it("has a directory with names that are hard", () => {
    assert.equal(startUrl, "https://sandbox.invalid/start");
    assert.deepEqual(membersOf("Engineers"), ["jane@example.com"]);
    assert.equal(membersOf("Analysts")?.includes("Priya.Patel@Example.com"), true);
    assert.equal(Math.max(...users.map((user) => Buffer.byteLength(user.userName))), 63);
    const nora = users.find((user) => user.userName === "nora@example.com");
    assert.equal(
      groups.some((group) => group.members.includes(nora?.userId ?? "")),
      false,
    );
    assert.deepEqual(
      groups.map((group) => group.displayName),
      ["Analysts", "Engineers", "Platform"],
    );
  });

  it("has a user name that somebody else had before", () => {
    const [old] = former;
    const now = users.find((user) => user.userName === old?.userName);
    assert.notEqual(now, undefined);
    assert.notEqual(now?.userId, old?.userId);
  });

  it("ids are GUIDs, each once", () => {
    const ids = [...users, ...former].map((user) => user.userId).concat(groups.map((group) => group.groupId));
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("has the two roles and the runner's key, nothing else", () => {
    assert.deepEqual(
      estate.objects.map((one) => [one.account, one.id]),
      [
        ["000000000000", "sallyport-runner"],
        ["000000000000", "sallyport-runner:administrator"],
        ["000000000001", "sallyport-identity"],
        ["000000000001", "sallyport-identity:identity-center"],
      ],
    );
    const key = runnerKey(estate);
    assert.match(key.accessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.equal(key.secretAccessKey.length, 40);
    assert.deepEqual([key.sessionToken, key.expiresAt, estate.keys.size], [undefined, Infinity, 1]);
  });

  it("without a runner there is no key", () => {
    const empty = testEstate().estate;
    empty.keys.clear();
    assert.throws(() => runnerKey(empty), /no runner/);
  });

  it("two estates share nothing", () => {
    const other = testEstate().estate;
    other.directory.users.length = 0;
    assert.notEqual(estate.directory.users.length, 0);
  });
});
