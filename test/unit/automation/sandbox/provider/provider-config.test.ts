import assert from "node:assert/strict";
import { readProviderConfig, unsupportedArguments } from "../../../../../automation/sandbox/provider/provider-config";

describe("provider arguments", () => {
  it("nested ones are JSON in a text", () => {
    assert.deepEqual(
      readProviderConfig(
        {
          region: "eu-west-1",
          allowedAccountIds: '["1"]',
          assumeRoles: '[{"roleArn":"arn:r"}]',
          defaultTags: '{"tags":{"a":"b"}}',
          skipRegionValidation: "true",
        },
        { AWS_ACCESS_KEY_ID: "k", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" },
      ),
      {
        region: "eu-west-1",
        allowedAccountIds: ["1"],
        forbiddenAccountIds: [],
        assumeRoles: [{ roleArn: "arn:r", sessionName: "aws-go-sdk" }],
        defaultTags: { a: "b" },
        accessKey: "k",
        secretKey: "s",
        token: "t",
      },
    );
  });

  it("keys as arguments come before those of the environment, which must not lend its token", () => {
    const { accessKey, secretKey, token } = readProviderConfig(
      { region: "r", accessKey: "mine", secretKey: "own" },
      { AWS_ACCESS_KEY_ID: "k", AWS_SESSION_TOKEN: "t" },
    );
    assert.deepEqual([accessKey, secretKey, token], ["mine", "own", undefined]);
  });

  it("the region may come from the environment, but must come", () => {
    assert.equal(readProviderConfig({}, { AWS_DEFAULT_REGION: "eu-west-2" }).region, "eu-west-2");
    assert.throws(() => readProviderConfig({}, {}), /missing region information/);
  });

  it("T113 what is not simulated is named", () => {
    assert.deepEqual(unsupportedArguments({ region: "r", version: "7", endpoints: "[]", profile: "p" }), [
      "endpoints",
      "profile",
    ]);
  });
});
