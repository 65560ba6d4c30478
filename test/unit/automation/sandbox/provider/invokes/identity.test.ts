import assert from "node:assert/strict";
import type { Props } from "../../../../../../automation/sandbox/account/estate";
import { openWorld, type World } from "../world";

const by = (attributePath: string, attributeValue: string): Props => ({
  alternateIdentifier: { uniqueAttribute: { attributePath, attributeValue } },
});

describe("functions about Identity Center", () => {
  let world: World;
  let identityStoreId: string;
  before(async () => {
    world = await openWorld();
    ({ identityStoreId } = world.estate.directory);
  });
  after(() => world.close());
  const user = (args: Props) =>
    world.identity.invoke("aws:identitystore/getUser:getUser", { identityStoreId, ...args });
  const group = (args: Props) =>
    world.identity.invoke("aws:identitystore/getGroup:getGroup", { identityStoreId, ...args });

  it("I8, T75 the instance is seen from its account and region, elsewhere the lists are empty", async () => {
    const token = "aws:ssoadmin/getInstances:getInstances";
    assert.deepEqual((await world.identity.invoke(token)).arns, [world.instanceArn]);
    assert.deepEqual((await world.identity.invoke(token, { region: "eu-west-2" })).arns, []);
    assert.deepEqual((await world.aws.invoke(token, { region: "eu-west-1" })).identityStoreIds, []);
  });

  it("users are found by name, e-mail and id, names byte for byte", async () => {
    const jane = await user(by("UserName", "jane@example.com"));
    assert.equal((await user({ userId: jane.userId ?? "" })).displayName, "Jane Doe");
    assert.equal((await user(by("Emails.Value", "Priya.Patel@Example.com"))).userName, "Priya.Patel@Example.com");
    await assert.rejects(
      user(by("UserName", "priya.patel@example.com")),
      /ResourceNotFoundException: USER not found\./,
    );
  });

  it("groups are found by name and id, missing ones are not", async () => {
    const analysts = await group(by("DisplayName", "Analysts"));
    assert.equal((await group({ groupId: analysts.groupId ?? "" })).displayName, "Analysts");
    await assert.rejects(group(by("DisplayName", "Nobody")), /ResourceNotFoundException: GROUP not found\./);
    await assert.rejects(group({}), /ValidationException/);
    await assert.rejects(
      group({ ...by("DisplayName", "Analysts"), identityStoreId: "d-0" }),
      /ResourceNotFoundException/,
    );
    const elsewhere = world.aws.invoke("aws:identitystore/getGroup:getGroup", {
      identityStoreId,
      ...by("DisplayName", "Analysts"),
    });
    await assert.rejects(elsewhere, /AccessDeniedException/);
  });
});
