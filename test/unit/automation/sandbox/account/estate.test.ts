import assert from "node:assert/strict";
import { testEstate } from "../provider/fixture";

describe("the estate", () => {
  const VPC = "aws:ec2/vpc:Vpc";
  const setUp = () => {
    const world = testEstate();
    const add = (id: string, account: string, region: string) =>
      world.estate.add({ token: VPC, id, account, region, props: {} });
    return { ...world, add };
  };

  it("finds by type, account and region", () => {
    const { estate, add } = setUp();
    const [a, b, c] = [add("1", "A", "x"), add("2", "A", "y"), add("1", "B", "x")];
    assert.deepEqual(estate.list(VPC), [a, b, c]);
    assert.deepEqual(estate.list(VPC, "A"), [a, b]);
    assert.deepEqual(estate.list(VPC, "A", "y"), [b]);
    assert.equal(estate.find(VPC, "1"), a);
    assert.equal(estate.find(VPC, "1", "B"), c);
  });

  it("remembers when something was made, and forgets it once", async () => {
    const { estate, add, sleep } = setUp();
    await sleep(5000);
    const object = add("1", "A", "x");
    assert.deepEqual([object.createdAt, object.hidden], [5000, {}]);
    estate.remove(object);
    estate.remove(object);
    assert.deepEqual(estate.list(VPC), []);
  });

  it("logs with wall time", () => {
    const world = setUp();
    world.estate.log("iam-db-auth-error", "no");
    assert.deepEqual(world.estate.logs, [{ time: Date.UTC(2026, 10, 22), group: "iam-db-auth-error", message: "no" }]);
  });
});
