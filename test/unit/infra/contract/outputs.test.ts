import assert from "node:assert/strict";
import { parseOutputs, type PlatformOutputs } from "../../../../infra/contract/outputs";
import { problemLines, valueOf } from "./sample";

const OUTPUTS: PlatformOutputs = {
  v: 1,
  estate: "payments",
  environment: "dev",
  account: "111122223333",
  region: "eu-west-2",
  identity: { account: "222233334444", region: "eu-west-1", instanceArn: "arn", identityStoreId: "d-1" },
  descriptor: { name: "/sallyport/payments/dev", region: "eu-west-1" },
  bastion: { instanceId: "i-1", roleName: "r", tag: { key: "sallyport:door", value: "payments/dev" } },
  clusters: {},
  roles: { readonly: { set: "sp-payments-dev-readonly", arn: "arn", login: "self" } },
};

describe("platform outputs", () => {
  it("are read from plain values and from Automation API's form", () => {
    assert.deepEqual(valueOf(parseOutputs({ platform: OUTPUTS })), OUTPUTS);
    assert.deepEqual(valueOf(parseOutputs({ platform: { value: OUTPUTS, secret: false } })), OUTPUTS);
  });

  it("say what to do when the stack has none", () => {
    assert.deepEqual(problemLines(parseOutputs({})), ["platform | nothing | an object: run `sallyport up` first"]);
  });
});
