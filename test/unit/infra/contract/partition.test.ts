import assert from "node:assert/strict";
import { arnOf, partitionOf } from "../../../../infra/contract/partition";

describe("partition", () => {
  it("follows from the region", () => {
    assert.deepEqual(partitionOf("eu-west-2"), { name: "aws", dnsSuffix: "amazonaws.com" });
    assert.deepEqual(partitionOf("cn-northwest-1"), { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" });
    assert.deepEqual(partitionOf("us-gov-east-1"), { name: "aws-us-gov", dnsSuffix: "amazonaws.com" });
  });

  it("stands in every ARN", () => {
    assert.equal(
      arnOf({ region: "cn-north-1" }, "iam", "", "111122223333", "role/x"),
      "arn:aws-cn:iam::111122223333:role/x",
    );
  });
});
