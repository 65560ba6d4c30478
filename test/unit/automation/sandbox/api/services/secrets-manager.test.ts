import assert from "node:assert/strict";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { IssuedKey } from "../../../../../../automation/sandbox/account/estate";
import { apiWorld, type ApiWorld } from "../api-world";

const NAME = "rds!cluster-1";
const ARN = `arn:aws:secretsmanager:eu-west-2:000000000000:secret:${NAME}-AbCdEf`;

describe("secretsManager", () => {
  let world: ApiWorld;
  beforeEach(async () => {
    world = await apiWorld();
    world.add("sandbox:secretsmanager:Secret", ARN, { arn: ARN, name: NAME, secretString: '{"password":"p"}' });
  });
  afterEach(() => world.close());
  const read = (SecretId: string, key?: IssuedKey, region?: string) =>
    new SecretsManagerClient(world.client(key, region)).send(new GetSecretValueCommand({ SecretId }));

  for (const [how, id] of [
    ["ARN", ARN],
    ["name", NAME],
  ] as const) {
    it(`reads a secret by its ${how}`, async () => {
      const got = await read(id);
      assert.deepEqual([got.ARN, got.Name, got.SecretString], [ARN, NAME, '{"password":"p"}']);
    });
  }

  it("does not find what is not there, nor what is in another region", async () => {
    await assert.rejects(read("missing"), { name: "ResourceNotFoundException" });
    await assert.rejects(read(ARN, undefined, "eu-west-1"), { name: "ResourceNotFoundException" });
  });

  it("gives nothing to who may not read it, by name either, and the answer has no secret in it", async () => {
    const key = world.person({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: `${ARN}-other` });
    for (const id of [ARN, NAME]) {
      await assert.rejects(read(id, key), (error: Error) => {
        assert.equal(error.name, "AccessDeniedException");
        assert.ok(!error.message.includes("password"));
        return true;
      });
    }
  });

  it("judges a name by the ARN behind it", async () => {
    const key = world.person({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: ARN });
    assert.equal((await read(NAME, key)).ARN, ARN);
  });
});
