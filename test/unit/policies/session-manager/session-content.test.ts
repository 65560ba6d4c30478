import assert from "node:assert/strict";
import { contentOf } from "../../../../policies/session-manager/session-content";

describe("contentOf", () => {
  it("reads JSON, and YAML where the format says so", () => {
    assert.deepEqual(contentOf({ content: '{"a": 1}' }), { a: 1 });
    assert.deepEqual(contentOf({ content: "a: 1", documentFormat: "YAML" }), { a: 1 });
  });

  it("is nothing for what cannot be read", () => {
    assert.equal(contentOf({ content: "a: 1", documentFormat: "JSON" }), undefined);
    assert.equal(contentOf({ content: "a: [", documentFormat: "YAML" }), undefined);
    assert.equal(contentOf({}), undefined);
  });
});
