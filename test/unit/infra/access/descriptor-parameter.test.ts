import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { DescriptorParameter } from "../../../../infra/access/descriptor-parameter";
import { descriptorOf } from "../../../../infra/contract/descriptor-content";
import { inputsOf, record, settled } from "../recorded";

describe("descriptor parameter", () => {
  it("stands in the identity region, readable in differences", async () => {
    const descriptor = descriptorOf({
      estate: "payments",
      env: "dev",
      account: "111122223333",
      region: "eu-west-2",
      clusters: [],
      roles: [],
      documentHashes: {},
    });
    const { recording, result } = await record(
      () =>
        new DescriptorParameter("d", {
          estate: "payments",
          env: "dev",
          identityRegion: "eu-west-1",
          descriptor: pulumi.output(descriptor),
          after: [],
        }),
    );
    assert.equal(await settled(result.parameterName), "/sallyport/payments/dev");
    assert.deepEqual(inputsOf(recording, "aws:ssm/parameter:Parameter"), {
      name: "/sallyport/payments/dev",
      description: "Where the door of payments/dev is; no secret",
      type: "String",
      insecureValue: JSON.stringify(descriptor),
      region: "eu-west-1",
    });
  });
});
