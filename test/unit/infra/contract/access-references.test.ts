import assert from "node:assert/strict";
import { accessReferenceProblems, loginOf } from "../../../../infra/contract/access-references";
import { plainSource } from "../../../../infra/contract/yaml-source";
import { problemLine } from "./sample";

describe("references inside access.yaml", () => {
  it("are checked as far as the shape allows, and never throw", () => {
    for (const raw of [
      undefined,
      null,
      1,
      [],
      { roles: 1, access: 1 },
      { roles: { r: 1 }, access: [1, null, { roles: "r" }] },
    ]) {
      assert.ok(Array.isArray(accessReferenceProblems(plainSource(raw), { environments: [] })));
    }
  });

  it("do not take inherited names for roles", () => {
    const problems = accessReferenceProblems(
      plainSource({ roles: {}, access: [{ group: "G", roles: ["constructor"] }] }),
      {},
    );
    assert.deepEqual(problems.map(problemLine), [
      'access[0].roles[0] | "constructor" | one that exists (there is none)',
    ]);
  });

  it("decide the login by what is owned, unless it is written", () => {
    assert.equal(loginOf({ on: { "a/b": "owner", "a/c": "readonly" } }), "separate");
    assert.equal(loginOf({ on: { "a/b": "owner" }, login: "self" }), "self");
    assert.equal(loginOf({ on: { "a/b": "readonly" } }), "self");
    assert.equal(loginOf({}), "self");
  });
});
