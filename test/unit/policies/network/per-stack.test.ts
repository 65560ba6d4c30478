import assert from "node:assert/strict";
import { perStack } from "../../../../policies/network/per-stack";
import type { StackResource } from "../../../../policies/rule";
import { VPC } from "../cases/estate";
import { stackResources } from "../cases/stack-resources";

describe("perStack", () => {
  const made = (): { readonly of: (resources: readonly StackResource[]) => number; readonly times: () => number } => {
    let times = 0;
    return { of: perStack(() => (times += 1)), times: () => times };
  };
  const all = stackResources([VPC, { ...VPC, name: "other" }]);

  it("makes once for the same resources, also in another list", () => {
    const { of, times } = made();
    assert.equal(of(all), of([...all]));
    assert.equal(times(), 1);
  });

  it("makes again for one more, one less, or another one of the same name", () => {
    const { of, times } = made();
    of(all);
    of(all.slice(0, 1));
    of([...all, ...stackResources([VPC])]);
    of([all[0], ...stackResources([VPC])] as StackResource[]);
    assert.equal(times(), 4);
  });

  it("makes of nothing, too", () => {
    const { of, times } = made();
    of([]);
    of([]);
    assert.equal(times(), 2);
  });
});
