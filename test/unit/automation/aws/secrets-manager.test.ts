import assert from "node:assert/strict";
import { makeSecretsManager } from "../../../../automation/aws/secrets-manager";
import { systemClock } from "../../../../automation/core/clock";
import { Redactor } from "../../../../automation/core/redactor";
import { EXAMPLE_KEYS, FakeAws } from "../../../support/fake-aws";

describe("Secrets Manager adapter", () => {
  let aws: FakeAws;
  const redactor = new Redactor();
  const secrets = () =>
    makeSecretsManager({
      region: "eu-west-2",
      endpoint: aws.url,
      credentials: EXAMPLE_KEYS,
      clock: systemClock,
      redactor,
    });
  beforeEach(async () => {
    aws = await FakeAws.start();
  });
  afterEach(() => aws.close());

  it("reads the master's login and registers the password as a secret", async () => {
    aws.on("GetSecretValue", { json: { SecretString: '{"username":"sallyport_master","password":"master-pass-1"}' } });
    assert.deepEqual(await secrets().masterLogin("arn"), { username: "sallyport_master", password: "master-pass-1" });
    assert.equal(redactor.redact("it is master-pass-1"), "it is «redacted»");
  });

  for (const text of ["nonsense", "null", '{"username":"x"}', '{"username":1,"password":"y"}']) {
    it(`refuses ${text}`, async () => {
      aws.on("GetSecretValue", { json: { SecretString: text } });
      await assert.rejects(secrets().masterLogin("arn:x"), {
        code: "AWS_CALL_FAILED",
        message: /The secret arn:x does not hold/,
      });
    });
  }
});
