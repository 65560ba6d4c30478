import assert from "node:assert/strict";
import { buildAll, openWorld, type World } from "../../world";

const SET = "aws:ssoadmin/permissionSet:PermissionSet";

describe("simulated permission set", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());
  const make = (changes = {}) => world.identity.make(SET, { instanceArn: world.instanceArn, name: "sp-a", ...changes });

  it("T20 a name of 33 characters fails the check, and so does an auto-name that is too long", async () => {
    const check = async (name: string | undefined, logical = "set") =>
      (await world.identity.check(SET, { instanceArn: "i", ...(name === undefined ? {} : { name }) }, {}, logical))
        .failures.name ?? "";
    assert.match(await check("a".repeat(33)), /expected length of name to be in the range \(1 - 32\)/);
    assert.match(await check("a b"), /must match/);
    assert.match(await check(undefined, "l".repeat(25)), /range \(1 - 32\)/);
    assert.equal(await check(undefined, "l".repeat(24)), "");
  });

  it("T70 a taken name is refused", async () => {
    await make();
    await assert.rejects(
      make(),
      /creating SSO Permission Set \(sp-a\): operation error SSO Admin: CreatePermissionSet, .* ConflictException: PermissionSet with name sp-a already exists\./,
    );
  });

  it("a session outside one to twelve hours is refused by AWS, not by the check", async () => {
    for (const sessionDuration of ["PT30M", "PT13H", "an hour"]) {
      assert.deepEqual(
        (await world.identity.check(SET, { instanceArn: "i", name: "n", sessionDuration })).failures,
        {},
      );
      await assert.rejects(make({ sessionDuration }), /ValidationException: SessionDuration is not a valid value/);
    }
    await make({ sessionDuration: "PT1H30M" });
  });

  it("T72 is not deleted while it is assigned", async () => {
    const built = await buildAll(world);
    const set = built.find(({ token }) => token === SET);
    if (!set) throw new Error("no set");
    await assert.rejects(
      world.identity.remove(set),
      /ConflictException: Could not delete because PermissionSet has ApplicationProfile associated with it/,
    );
  });

  it("I8 exists in the identity account and region only", async () => {
    await assert.rejects(world.aws.make(SET, { instanceArn: world.instanceArn, name: "x" }), /AccessDeniedException/);
    await assert.rejects(make({ region: "eu-west-2" }), /ResourceNotFoundException: Instance not found/);
    await assert.rejects(
      make({ instanceArn: "arn:aws:sso:::instance/ssoins-0000000000000000" }),
      /ResourceNotFoundException/,
    );
  });

  it("a new description reaches every account that has it", async () => {
    const built = await buildAll(world);
    const set = built.find(({ token }) => token === SET);
    if (!set) throw new Error("no set");
    const before = world.estate.clocks.work();
    await world.identity.update(set, { ...set.news, description: "Reads" });
    assert.equal(world.estate.clocks.work() - before, 10_000);
  });
});
