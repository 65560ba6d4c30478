import assert from "node:assert/strict";
import { parseOrder, ProviderInstances } from "../../../../../automation/sandbox/daemon/provider-instances";

const ORDER = { package: "aws", version: "7.48.0", environment: { AWS_REGION: "eu-west-2" } };

describe("provider instances", () => {
  it("are counted while they are open, and each is closed once", async () => {
    const closed: number[] = [];
    let port = 0;
    const instances = new ProviderInstances(() => {
      const own = (port += 1);
      return Promise.resolve({ port: own, close: () => Promise.resolve(void closed.push(own)) });
    });
    const [first, second] = [await instances.start(ORDER), await instances.start(ORDER)];
    assert.deepEqual([first.port, second.port, instances.count], [1, 2, 2]);
    await first.close();
    await first.close();
    assert.deepEqual([closed, instances.count], [[1], 1]);
    await instances.close();
    assert.deepEqual([closed, instances.count], [[1, 2], 0]);
  });

  it("one that cannot be served is not counted", async () => {
    const instances = new ProviderInstances(() => Promise.reject(new Error("no package gcp")));
    await assert.rejects(instances.start(ORDER), /no package gcp/);
    assert.equal(instances.count, 0);
  });

  it("an order names package, version and variables", () => {
    assert.deepEqual(parseOrder({ ...ORDER, more: 1 }), ORDER);
    for (const bad of [
      null,
      1,
      {},
      { ...ORDER, package: 1 },
      { ...ORDER, environment: null },
      { ...ORDER, environment: { A: 1 } },
    ])
      assert.equal(parseOrder(bad), undefined);
  });
});
