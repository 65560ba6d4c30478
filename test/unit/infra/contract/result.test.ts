import assert from "node:assert/strict";
import { formatProblem, pathText, resultOf, seenText } from "../../../../infra/contract/result";

describe("problems", () => {
  it("are one line each", () => {
    assert.equal(
      formatProblem({ path: "estate", seen: "nothing", expected: "a name" }),
      "estate: seen nothing; expected a name",
    );
  });

  it("have paths as people write them", () => {
    assert.equal(pathText(["roles", "readonly", "on", "app/*"]), 'roles.readonly.on["app/*"]');
    assert.equal(pathText(["access", 2, "roles", 0]), "access[2].roles[0]");
    assert.equal(pathText([]), "the file");
  });

  it("show at most 80 characters of a value", () => {
    assert.equal(seenText("x".repeat(200)).length, 80);
    assert.equal(seenText(undefined), "nothing");
  });

  it("forbid the value", () => {
    assert.deepEqual(
      resultOf([], () => 1),
      { ok: true, value: 1 },
    );
    const problem = { path: "a", seen: "b", expected: "c" };
    assert.deepEqual(
      resultOf([problem], () => assert.fail("made in spite of a problem")),
      { ok: false, problems: [problem] },
    );
  });
});
