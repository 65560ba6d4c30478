import assert from "node:assert/strict";
import { ambientCredentials } from "../../../../automation/aws/ambient-credentials";
import { EXAMPLE_KEYS } from "../../../support/fake-aws";

/** The SDK's chain reads the process's own environment: set for one test, then put back. */
async function withEnvironment(values: Record<string, string>, body: () => Promise<void>): Promise<void> {
  const names = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_CONFIG_FILE",
  ];
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) delete process.env[name];
  Object.assign(
    process.env,
    { AWS_EC2_METADATA_DISABLED: "true", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_CONFIG_FILE: "/dev/null" },
    values,
  );
  try {
    await body();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

describe("ambient credentials", () => {
  it("come from the environment", async () => {
    await withEnvironment(
      {
        AWS_ACCESS_KEY_ID: EXAMPLE_KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: EXAMPLE_KEYS.secretAccessKey,
        AWS_SESSION_TOKEN: "t",
      },
      async () => {
        assert.deepEqual(await ambientCredentials("eu-west-2")(), { ...EXAMPLE_KEYS, sessionToken: "t" });
      },
    );
  });

  it("say so when there are none", async () => {
    await withEnvironment({}, async () => {
      await assert.rejects(ambientCredentials("eu-west-2")(), { code: "AUTH_NOT_SIGNED_IN" });
    });
  });
});
