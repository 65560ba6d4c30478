import assert from "node:assert/strict";
import { resourceOf, stackOf, type CheckedResource } from "../../../policies/checked-resource";
import { unknownPath } from "../../../policies/unknown-value";
import { UNKNOWN } from "./run-rule";

const checked = (name: string, more: Partial<CheckedResource> = {}): CheckedResource => ({
  type: "t",
  name,
  urn: `urn:${name}`,
  inputs: {},
  outputs: {},
  propertyDependencies: {},
  ...more,
});
const pathOf = (read: () => unknown): string | undefined => {
  try {
    read();
  } catch (thrown) {
    return unknownPath(thrown);
  }
  return undefined;
};

describe("a resource of a check", () => {
  it("shows a resource rule its inputs, and throws at what is unknown", () => {
    const { type, name, urn, props } = resourceOf(
      checked("a", { inputs: { size: 7, deep: [{ word: UNKNOWN }] }, outputs: { size: 8 } }),
    );
    assert.deepEqual({ type, name, urn, size: props["size"] }, { type: "t", name: "a", urn: "urn:a", size: 7 });
    assert.equal(
      pathOf(() => (props["deep"] as { word: string }[])[0]?.word),
      "deep.0.word",
    );
  });

  it("shows a stack rule its outputs, its protection and the resources themselves that a property comes from", () => {
    const [a, b] = stackOf([
      checked("a", { outputs: { size: 8, word: UNKNOWN }, propertyDependencies: { one: ["urn:b", "urn:gone"] } }),
      checked("b", { protect: true, propertyDependencies: { other: ["urn:a"] } }),
    ]);
    assert.ok(a && b);
    assert.equal(a.props["size"], 8);
    assert.equal(
      pathOf(() => a.props["word"]),
      "word",
    );
    assert.deepEqual([a.opts, b.opts], [{ protect: false }, { protect: true }]);
    assert.equal(a.propertyDependencies["one"]?.length, 1);
    assert.equal(a.propertyDependencies["one"]?.[0], b);
    assert.equal(b.propertyDependencies["other"]?.[0], a);
  });

  it("counts a secret as written, at any depth, though it comes from nowhere", () => {
    const [a] = stackOf([checked("a", { outputs: { size: 8, word: UNKNOWN, deep: [{ word: UNKNOWN }] } })]);
    assert.deepEqual(a?.propertyDependencies, { word: [], deep: [] });
  });
});
