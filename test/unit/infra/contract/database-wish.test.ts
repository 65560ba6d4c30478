import assert from "node:assert/strict";
import { databaseWish, parseDatabaseWish } from "../../../../infra/contract/database-wish";

const WANTED = {
  databases: [{ name: "app", owner: "own", schemas: ["public"] }],
  privilegeRoles: [{ name: "ro", database: "app", preset: "readonly" as const }],
  logins: [{ name: 'odd "name', userId: "u-1", memberOf: ["ro"] }],
};

describe("the wish for a database stack", () => {
  for (const [version, major] of [
    ["16", 16],
    ["16.4", 16],
    ["18", 18],
  ] as const)
    it(`version ${version} is read back as major ${major}`, () => {
      const wish = databaseWish("app", version, WANTED);
      assert.equal(wish.major, major);
      assert.deepEqual(parseDatabaseWish(JSON.stringify(wish)), { ok: true, value: wish });
    });

  it("what is not JSON is said to be none", () =>
    assert.deepEqual(parseDatabaseWish("{"), {
      ok: false,
      problems: [{ path: "the file", seen: "1 characters", expected: "JSON" }],
    }));

  it("an unknown key is refused", () => {
    const parsed = parseDatabaseWish(JSON.stringify({ ...databaseWish("app", "16", WANTED), grants: [] }));
    assert.equal(parsed.ok, false);
  });
});
