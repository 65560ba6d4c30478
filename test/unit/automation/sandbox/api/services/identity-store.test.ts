import assert from "node:assert/strict";
import { IdentitystoreClient, ListUsersCommand } from "@aws-sdk/client-identitystore";
import { readSnapshot } from "../../../../../../automation/aws/directory";
import { makeIdentityStore } from "../../../../../../automation/aws/identitystore";
import { makeSsoAdmin } from "../../../../../../automation/aws/sso-admin";
import { makeSts } from "../../../../../../automation/aws/sts";
import { systemClock } from "../../../../../../automation/core/clock";
import type { AwsOptions } from "../../../../../../automation/aws/options";
import { runnerKey } from "../../../../../../automation/sandbox/account/seed";
import { apiWorld, type ApiWorld } from "../api-world";

describe("the directory over the wire", () => {
  let world: ApiWorld;
  beforeEach(async () => {
    world = await apiWorld();
  });
  afterEach(() => world.close());

  const runner = (): AwsOptions => ({
    region: "eu-west-1",
    endpoint: world.endpoint,
    clock: systemClock,
    attempts: 1,
    credentials: {
      accessKeyId: runnerKey(world.estate).accessKeyId,
      secretAccessKey: runnerKey(world.estate).secretAccessKey,
    },
  });
  /** The identity account's role, assumed as the runner does. */
  const identity = async (region = "eu-west-1"): Promise<AwsOptions> => ({
    ...runner(),
    region,
    credentials: await makeSts(runner()).assumeRole({
      roleArn: "arn:aws:iam::000000000001:role/sallyport-identity",
      sessionName: "test",
    }),
  });

  it("our snapshot reader reads every user, group and member", async () => {
    const snapshot = await readSnapshot({ ...(await identity()), accountId: "000000000001" });
    assert.deepEqual(
      snapshot.users.map(({ userName }) => userName).sort(),
      world.estate.directory.users.map(({ userName }) => userName).sort(),
    );
    const analysts = snapshot.groups.find(({ displayName }) => displayName === "Analysts");
    assert.equal(
      analysts?.members.length,
      world.estate.directory.groups.find(({ displayName }) => displayName === "Analysts")?.members.length,
    );
  });

  it("reads a list of several pages to its end", async () => {
    for (let n = 0; n < 250; n += 1)
      world.estate.directory.users.push({
        userId: `id-${n}`,
        userName: `user-${n}@example.com`,
        displayName: "",
        email: "",
      });
    const store = makeIdentityStore({ ...(await identity()), identityStoreId: world.estate.directory.identityStoreId });
    assert.equal((await store.users()).length, world.estate.directory.users.length);
  });

  it("instances are listed at home; elsewhere the list is empty, which is no error", async () => {
    assert.equal((await makeSsoAdmin(await identity()).instances()).length, 1);
    assert.deepEqual(await makeSsoAdmin(await identity("eu-west-2")).instances(), []);
    assert.deepEqual(await makeSsoAdmin(runner()).instances(), []);
  });

  it("the attribute for access control is the owners' own", async () => {
    const { instanceArn } = world.estate.directory;
    assert.deepEqual(await makeSsoAdmin(await identity()).accessControlAttributes(instanceArn), {
      dbuser: ["${path:userName}"],
    });
  });

  it("another store, another account and an unknown group are refused", async () => {
    await assert.rejects(
      makeIdentityStore({ ...(await identity()), identityStoreId: "d-0000000000" }).users(),
      /IdentityStore d-0000000000 does not exist/,
    );
    await assert.rejects(
      makeIdentityStore({ ...runner(), identityStoreId: world.estate.directory.identityStoreId }).users(),
      /does not exist in this account and region/,
    );
    await assert.rejects(
      makeIdentityStore({ ...(await identity()), identityStoreId: world.estate.directory.identityStoreId }).members(
        "nobody",
      ),
      /GROUP not found: nobody/,
    );
  });

  it("a page of nothing and a token that nobody gave are refused, so that no reader goes round for ever", async () => {
    const { region, credentials = assert.fail("no credentials") } = await identity();
    const client = new IdentitystoreClient({ region, credentials, endpoint: world.endpoint, maxAttempts: 1 });
    const IdentityStoreId = world.estate.directory.identityStoreId;
    for (const bad of [{ MaxResults: 0 }, { MaxResults: -1 }, { MaxResults: 1.5 }, { NextToken: "x" }])
      await assert.rejects(client.send(new ListUsersCommand({ IdentityStoreId, ...bad })), {
        name: "ValidationException",
      });
    client.destroy();
  });

  it("who is not allowed hears that, and not whether the store is here", async () => {
    const key = world.person({ Effect: "Allow", Action: "ssm:*", Resource: "*" });
    const client = new IdentitystoreClient(world.client(key, "eu-west-1"));
    await assert.rejects(client.send(new ListUsersCommand({ IdentityStoreId: "d-0000000000" })), {
      name: "AccessDeniedException",
    });
    client.destroy();
  });
});
