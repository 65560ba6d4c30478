import assert from "node:assert/strict";
import type { Props } from "../../../../../../../automation/sandbox/account/estate";
import { openWorld, type World } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment";
const ROLE = "sandbox:iam:ReservedRole";

describe("simulated account assignment", () => {
  let world: World;
  let inputs: Props;
  beforeEach(async () => {
    world = await openWorld();
    const set = await world.identity.make("aws:ssoadmin/permissionSet:PermissionSet", {
      instanceArn: world.instanceArn,
      name: "sp-a",
    });
    const principalId = world.estate.directory.users[0]?.userId ?? "";
    inputs = {
      instanceArn: world.instanceArn,
      permissionSetArn: set.outputs.arn ?? "",
      principalId,
      principalType: "USER",
      targetId: "000000000000",
      targetType: "AWS_ACCOUNT",
    };
  });
  afterEach(() => world.close());

  it("the first makes the set's role in the account, the last takes it away", async () => {
    const person = await world.identity.make(ASSIGNMENT, inputs);
    const group = await world.identity.make(ASSIGNMENT, {
      ...inputs,
      principalType: "GROUP",
      principalId: world.estate.directory.groups[0]?.groupId ?? "",
    });
    const [role, ...others] = world.estate.list(ROLE);
    assert.match(
      plainText(role?.props.arn),
      /^arn:aws:iam::000000000000:role\/aws-reserved\/sso\.amazonaws\.com\/eu-west-1\/AWSReservedSSO_sp-a_[0-9a-f]{16}$/,
    );
    assert.match(plainText(role?.hidden.roleId), /^AROA/);
    assert.deepEqual([role?.account, others], ["000000000000", []]);
    await world.identity.remove(person);
    assert.equal(world.estate.list(ROLE).length, 1);
    await world.identity.remove(group);
    assert.equal(world.estate.list(ROLE).length, 0);
  });

  it("T73 the same assignment twice is refused by the provider", async () => {
    await world.identity.make(ASSIGNMENT, inputs);
    await assert.rejects(
      world.identity.make(ASSIGNMENT, inputs),
      /creating SSO Account Assignment for USER \(\S+\): already exists/,
    );
  });

  it("T26 a principal that is no GUID fails the check, as other odd values", async () => {
    const { failures } = await world.identity.check(ASSIGNMENT, {
      ...inputs,
      principalId: "jane",
      principalType: "ROLE",
      targetId: "12",
      targetType: "OU",
    });
    assert.deepEqual(Object.keys(failures).sort(), ["principalId", "principalType", "targetId", "targetType"]);
  });

  it("a principal that the directory does not have is refused", async () => {
    await assert.rejects(
      world.identity.make(ASSIGNMENT, { ...inputs, principalType: "GROUP" }),
      /Received a 404 status error: principal not found/,
    );
    assert.deepEqual(world.estate.list(ROLE), []);
  });
});
