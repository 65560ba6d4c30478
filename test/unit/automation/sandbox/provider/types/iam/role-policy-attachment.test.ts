import assert from "node:assert/strict";
import { EC2_TRUST, openWorld } from "../../world";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

describe("simulated policy attachment", () => {
  it("attaches known managed policies only, and is deleted before it is replaced", async () => {
    const world = await openWorld();
    await assert.rejects(
      world.aws.make(ATTACHMENT, { role: "r", policyArn: CORE }),
      /NoSuchEntity: The role with name r/,
    );
    await world.aws.make("aws:iam/role:Role", { name: "r", assumeRolePolicy: EC2_TRUST });
    await assert.rejects(
      world.aws.make(ATTACHMENT, { role: "r", policyArn: `${CORE}X` }),
      /NoSuchEntity: Policy \S+ does not exist or is not attachable\./,
    );
    const made = await world.aws.make(ATTACHMENT, { role: "r", policyArn: CORE });
    assert.equal((await world.aws.make(ATTACHMENT, { role: "r", policyArn: CORE })).id, made.id);
    const { replaces, deleteBeforeReplace } = await world.aws.diff(made, { role: "s", policyArn: CORE });
    assert.deepEqual([replaces, deleteBeforeReplace], [["role"], true]);
    await world.close();
  });
});
