import assert from "node:assert/strict";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";
import { buildAll, openWorld, POLICY, type World } from "../../world";

const POLICY_TYPE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";

describe("simulated inline policy of a permission set", () => {
  let world: World;
  let permissionSetArn: string;
  beforeEach(async () => {
    world = await openWorld();
    const set = await world.identity.make("aws:ssoadmin/permissionSet:PermissionSet", {
      instanceArn: world.instanceArn,
      name: "sp-a",
    });
    permissionSetArn = plainText(set.outputs.arn);
  });
  afterEach(() => world.close());
  const make = (inlinePolicy: string) =>
    world.identity.make(POLICY_TYPE, { instanceArn: world.instanceArn, permissionSetArn, inlinePolicy });
  const ofSize = (size: number): string => {
    const policy = (fill: string): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: `s3:${fill}`, Resource: "*" }] });
    return policy("a".repeat(size - policy("").length));
  };

  it("T71 10240 bytes without whitespace are the limit", async () => {
    await make(ofSize(10_240));
    await assert.rejects(
      make(ofSize(10_241)),
      /ValidationException: Current size of the non-whitespace characters present in the InlinePolicy Document is 10241 bytes which has exceeded the maximum limit of 10240 bytes/,
    );
    await assert.rejects(
      make(`${POLICY}${" ".repeat(33_000)}`),
      /ValidationException: Member must have length less than or equal to 32768/,
    );
  });

  it("a text that is no JSON fails the check, a policy with bad grammar is refused", async () => {
    assert.match(
      (await world.identity.check(POLICY_TYPE, { instanceArn: "i", permissionSetArn: "p", inlinePolicy: "{" })).failures
        .inlinePolicy ?? "",
      /invalid JSON policy/,
    );
    await assert.rejects(
      make('{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}'),
      /ValidationException: Invalid PermissionsPolicy Document/,
    );
    await assert.rejects(
      make(POLICY.replace("ssm", "ssм")),
      /ValidationException: Member must satisfy regular expression pattern/,
    );
  });

  it("a missing set is refused, a second policy takes the first one's place", async () => {
    await assert.rejects(
      world.identity.make(POLICY_TYPE, {
        instanceArn: world.instanceArn,
        permissionSetArn: "arn:x",
        inlinePolicy: POLICY,
      }),
      /ResourceNotFoundException: PermissionSet not found/,
    );
    const first = await make(POLICY);
    assert.equal((await make(ofSize(200))).id, first.id);
    assert.equal(world.estate.list(POLICY_TYPE).length, 1);
  });

  it("T76 each change is provisioned in each account that has the set, and waited for", async () => {
    const built = await buildAll(world);
    const policy = built.find(({ token }) => token === POLICY_TYPE);
    const set = () =>
      world.estate
        .list("aws:ssoadmin/permissionSet:PermissionSet")
        .find((one) => one.props.name === "sp-payments-dev-readonly");
    const counted = Number(set()?.hidden.provisioned ?? 0);
    if (!policy) throw new Error("no policy");
    await world.identity.update(policy, { ...policy.news, inlinePolicy: ofSize(300) });
    assert.deepEqual([set()?.hidden.provisioned, set()?.hidden.status], [counted + 1, "SUCCEEDED"]);
  });
});
