import assert from "node:assert/strict";
import fc from "fast-check";
import { formatTarget, parsePattern, parseTarget, patternCovers } from "../../../../infra/contract/target";

describe("target", () => {
  it("reads cluster, database and reader", () => {
    assert.deepEqual(parseTarget("app"), { cluster: "app", endpoint: "writer" });
    assert.deepEqual(parseTarget("app@reader"), { cluster: "app", endpoint: "reader" });
    assert.deepEqual(parseTarget("app/bill_2@reader"), { cluster: "app", database: "bill_2", endpoint: "reader" });
  });

  it("refuses everything else", () => {
    for (const text of [
      "",
      "/",
      "app/",
      "/app",
      "App",
      "a/b/c",
      "a@writer",
      "a@reader@reader",
      "a@reader/b",
      "a--b",
      "a/b-c",
      "a ",
    ]) {
      assert.equal(parseTarget(text), undefined, text);
    }
  });

  it("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9]{0,5}(\/[a-z][a-z0-9_]{0,5})?(@reader)?$/), (text) => {
        const target = parseTarget(text);
        assert.ok(target);
        assert.equal(formatTarget(target), text);
      }),
    );
  });
});

describe("pattern of a role", () => {
  it("covers by name or star", () => {
    const covers = (text: string, cluster: string, database: string): boolean => {
      const pattern = parsePattern(text);
      assert.ok(pattern);
      return patternCovers(pattern, cluster, database);
    };
    assert.equal(covers("app/*", "app", "x"), true);
    assert.equal(covers("app/*", "apps", "x"), false);
    assert.equal(covers("*/x", "any", "x"), true);
    assert.equal(covers("app/x", "app", "y"), false);
  });

  it("has two parts", () => {
    for (const text of ["app", "*", "a/b/c", "A/*", "app/**", ""]) assert.equal(parsePattern(text), undefined, text);
  });
});
