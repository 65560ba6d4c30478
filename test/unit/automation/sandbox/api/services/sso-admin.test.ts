import assert from "node:assert/strict";
import {
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  ListInstancesCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import type { IssuedKey } from "../../../../../../automation/sandbox/account/estate";
import { plainText } from "../../../../../../automation/sandbox/account/plain-text";
import { issueKeys } from "../../../../../../automation/sandbox/iam/issue-keys";
import { personPrincipal } from "../../../../../support/estate-fixtures";
import { apiWorld, type ApiWorld } from "../api-world";

describe("Identity Center's administration over the wire", () => {
  let world: ApiWorld;
  const clients: SSOAdminClient[] = [];
  beforeEach(async () => {
    world = await apiWorld();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await world.close();
  });

  const admin = (key: IssuedKey | undefined, region = "eu-west-1"): SSOAdminClient => {
    const client = new SSOAdminClient(world.client(key, region));
    clients.push(client);
    return client;
  };
  /** Credentials of the role that the runner assumes in the identity account. */
  const identity = (): IssuedKey => {
    const role = world.estate.find("aws:iam/role:Role", "sallyport-identity") ?? assert.fail("no role");
    const roleId = plainText(role.hidden.roleId);
    const source = { kind: "role", roleName: role.id, roleId } as const;
    return issueKeys(
      world.estate,
      personPrincipal("", { account: role.account, roleArn: plainText(role.props.arn), source }),
      60_000,
    );
  };
  const describeAttributes = (InstanceArn: string) =>
    new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn });

  it("the instance is listed at home with its store and owner", async () => {
    const { instanceArn, identityStoreId } = world.estate.directory;
    assert.deepEqual((await admin(identity()).send(new ListInstancesCommand({}))).Instances, [
      {
        InstanceArn: instanceArn,
        IdentityStoreId: identityStoreId,
        OwnerAccountId: "000000000001",
        Status: "ACTIVE",
      },
    ]);
  });

  it("in another region or account the list is empty", async () => {
    assert.deepEqual((await admin(identity(), "eu-west-2").send(new ListInstancesCommand({}))).Instances, []);
    assert.deepEqual((await admin(undefined).send(new ListInstancesCommand({}))).Instances, []);
  });

  it("the attributes are the owners' own, and are not found elsewhere", async () => {
    const { instanceArn } = world.estate.directory;
    const answer = await admin(identity()).send(describeAttributes(instanceArn));
    assert.deepEqual(
      [answer.Status, answer.InstanceAccessControlAttributeConfiguration?.AccessControlAttributes],
      ["ENABLED", [{ Key: "dbuser", Value: { Source: ["${path:userName}"] } }]],
    );
    const missing = { name: "ResourceNotFoundException" };
    await assert.rejects(admin(identity(), "eu-west-2").send(describeAttributes(instanceArn)), missing);
    await assert.rejects(admin(undefined).send(describeAttributes(instanceArn)), missing);
    await assert.rejects(admin(identity()).send(describeAttributes(`${instanceArn}0`)), missing);
  });

  it("who is not allowed hears that, and not whether there is something", async () => {
    const person = world.person({ Effect: "Allow", Action: "ssm:*", Resource: "*" });
    const denied = { name: "AccessDeniedException" };
    await assert.rejects(admin(person).send(new ListInstancesCommand({})), denied);
    await assert.rejects(admin(person).send(describeAttributes("arn:aws:sso:::instance/ssoins-0000")), denied);
  });
});
