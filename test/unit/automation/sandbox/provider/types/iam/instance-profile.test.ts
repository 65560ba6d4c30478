import assert from "node:assert/strict";
import { EC2_TRUST, openWorld } from "../../world";
import { plainText } from "../../../../../../../automation/sandbox/account/plain-text";

const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

describe("simulated instance profile", () => {
  it("has a name of its own and a role that exists", async () => {
    const world = await openWorld();
    await assert.rejects(
      world.aws.make(PROFILE, { name: "p", role: "r" }),
      /NoSuchEntity: The role with name r cannot be found\./,
    );
    await world.aws.make("aws:iam/role:Role", { name: "r", assumeRolePolicy: EC2_TRUST });
    const profile = await world.aws.make(PROFILE, { name: "p", role: "r" });
    assert.match(plainText(profile.outputs.uniqueId), /^AIPA[A-Z2-7]{17}$/);
    await assert.rejects(
      world.aws.make(PROFILE, { name: "p" }),
      /EntityAlreadyExists: Instance Profile p already exists\./,
    );
    await assert.rejects(world.aws.update(profile, { name: "p", role: "x" }), /NoSuchEntity/);
    await world.close();
  });
});
