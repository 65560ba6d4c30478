import assert from "node:assert/strict";
import { runnerKey } from "../../../../../automation/sandbox/account/seed";
import type { ProviderConfig } from "../../../../../automation/sandbox/provider/provider-config";
import { signIn } from "../../../../../automation/sandbox/provider/sign-in";
import { testEstate } from "./fixture";

describe("sign-in of a provider", () => {
  const world = testEstate();
  const { estate } = world;
  const key = runnerKey(estate);
  const config = (changes: Partial<ProviderConfig> = {}): ProviderConfig => ({
    region: "eu-west-2",
    allowedAccountIds: [],
    forbiddenAccountIds: [],
    assumeRoles: [],
    defaultTags: {},
    accessKey: key.accessKeyId,
    secretKey: key.secretAccessKey,
    token: undefined,
    ...changes,
  });
  const as = (changes: Partial<ProviderConfig> = {}) => signIn(estate, config(changes), () => true);

  it("finds the principal of its key", () => {
    assert.equal(as(), key.principal);
  });

  it("no key, a wrong secret and an expired key are refused in the provider's words", () => {
    assert.throws(() => as({ accessKey: undefined }), /No valid credential sources found/);
    const invalid =
      /validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: [0-9a-f-]{36}, api error InvalidClientTokenId: The security token included in the request is invalid\./;
    assert.throws(() => as({ secretKey: "wrong" }), invalid);
    assert.throws(() => as({ accessKey: "AKIA" }), invalid);
    assert.throws(() => as({ token: "t" }), invalid);
    estate.keys.set("ASIA", { ...key, accessKeyId: "ASIA", sessionToken: "t", expiresAt: world.wall });
    assert.throws(
      () => as({ accessKey: "ASIA", token: "t" }),
      /ExpiredToken: The security token included in the request is expired/,
    );
    world.wall -= 1;
    assert.equal(as({ accessKey: "ASIA", token: "t" }), key.principal);
  });

  it("assumes roles, and then must be in an allowed account", () => {
    const assumeRoles = [{ roleArn: "arn:aws:iam::000000000001:role/sallyport-identity", sessionName: "s" }];
    assert.equal(as({ assumeRoles, allowedAccountIds: ["000000000001"] }).account, "000000000001");
    assert.throws(
      () => as({ allowedAccountIds: ["000000000001"] }),
      /^Error: AWS account ID not allowed: 000000000000$/,
    );
    assert.throws(() => as({ forbiddenAccountIds: ["000000000000"] }), /AWS account ID not allowed/);
    const missing = [{ roleArn: "arn:aws:iam::000000000001:role/none", sessionName: "s" }];
    assert.throws(
      () => as({ assumeRoles: missing }),
      /Cannot assume IAM Role\. IAM Role \(\S+role\/none\) cannot be assumed\.\n\nError: .*api error AccessDenied: User: \S+ is not authorized to perform: sts:AssumeRole/,
    );
  });
});
