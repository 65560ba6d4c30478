import assert from "node:assert/strict";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { apiWorld, type ApiWorld } from "../api-world";

const IDENTITY = "arn:aws:iam::000000000001:role/sallyport-identity";

describe("sts", () => {
  let world: ApiWorld;
  beforeEach(async () => void (world = await apiWorld()));
  afterEach(() => world.close());
  const assume = (parts: object = {}, client = new STSClient(world.client())) =>
    client.send(new AssumeRoleCommand({ RoleArn: IDENTITY, RoleSessionName: "up", ...parts }));

  it("tells anybody who they are, without a policy", async () => {
    const { Account, Arn, UserId } = await new STSClient(world.client(world.person())).send(
      new GetCallerIdentityCommand({}),
    );
    assert.deepEqual(
      [Account, Arn, UserId],
      [
        "000000000000",
        "arn:aws:sts::000000000000:assumed-role/AWSReservedSSO_sp-payments-dev-developer_0123456789abcdef/jane@example.com",
        "AROAEXAMPLE0000000001:jane@example.com",
      ],
    );
  });

  it("gives the runner keys of the identity role, which work, for an hour", async () => {
    const { Credentials: got, AssumedRoleUser } = await assume();
    assert.equal(AssumedRoleUser?.Arn, "arn:aws:sts::000000000001:assumed-role/sallyport-identity/up");
    assert.equal(got?.Expiration?.getTime(), world.estate.clocks.wall() + 3_600_000);
    const key = world.estate.keys.get(got?.AccessKeyId ?? "");
    assert.ok(key);
    assert.deepEqual([key.secretAccessKey, key.sessionToken], [got?.SecretAccessKey, got?.SessionToken]);
    const asked = await new STSClient(world.client(key)).send(new GetCallerIdentityCommand({}));
    assert.equal(asked.Account, "000000000001");
  });

  it("gives the duration that was asked for", async () => {
    const { Credentials: got } = await assume({ DurationSeconds: 900 });
    assert.equal(got?.Expiration?.getTime(), world.estate.clocks.wall() + 900_000);
  });

  for (const [what, parts] of [
    ["a duration below 15 minutes", { DurationSeconds: 899 }],
    ["a duration beyond 12 hours", { DurationSeconds: 43_201 }],
    ["a session name with a space", { RoleSessionName: "a b" }],
  ] as const) {
    it(`refuses ${what}`, () => assert.rejects(assume(parts), { name: "ValidationError" }));
  }

  it("refuses a role that does not exist in the words for one that does not trust", async () => {
    const missing = "arn:aws:iam::000000000001:role/missing";
    await assert.rejects(assume({ RoleArn: missing }), {
      name: "AccessDenied",
      message: `User: arn:aws:sts::000000000000:assumed-role/sallyport-runner/runner is not authorized to perform: sts:AssumeRole on resource: ${missing}`,
    });
  });

  it("refuses a person whom the role does not trust, even where her policy allows the call", async () => {
    const key = world.person({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" });
    await assert.rejects(assume({}, new STSClient(world.client(key))), { name: "AccessDenied" });
  });
});
