import assert from "node:assert/strict";
import { InvokeRequest, type InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { IMAGES } from "../../../../../../automation/sandbox/account/images";
import { decode } from "../../../../../../automation/sandbox/provider/protocol/values";
import { struct } from "../fixture";
import { openWorld, type World } from "../world";
import { plainText } from "../../../../../../automation/sandbox/account/plain-text";

const TOKEN = "aws:ssm/getParameter:getParameter";

describe("function getParameter", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it("public parameters name images of the catalogue, minimal ones without an agent", async () => {
    const image = async (name: string) =>
      IMAGES[
        plainText(
          (await world.aws.invoke(TOKEN, { name: `/aws/service/ami-amazon-linux-latest/${name}` })).insecureValue,
        )
      ];
    assert.deepEqual(await image("al2023-ami-kernel-default-arm64"), {
      architecture: "arm64",
      hasAgent: true,
      snapshotSize: 8,
    });
    assert.equal((await image("al2023-ami-kernel-default-x86_64"))?.architecture, "x86_64");
    assert.equal((await image("al2023-ami-minimal-kernel-default-arm64"))?.hasAgent, false);
  });

  it("the value is secret", async () => {
    const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";
    const answer = await world.aws.call<InvokeResponse>((raw, done) =>
      raw.invoke(new InvokeRequest().setTok(TOKEN).setArgs(struct({ name })), done),
    );
    assert.deepEqual([...decode(answer.getReturn()).secrets], ["value"]);
  });

  it("the account's own are found, a secret one has no insecure value, others are not found", async () => {
    await world.aws.make("aws:ssm/parameter:Parameter", { name: "/own", type: "SecureString", value: "whisper" });
    const own = await world.aws.invoke(TOKEN, { name: "/own" });
    assert.deepEqual([own.value, "insecureValue" in own, own.type], ["whisper", false, "SecureString"]);
    await assert.rejects(
      world.aws.invoke(TOKEN, { name: "/none" }),
      /invoking aws:ssm\/getParameter:getParameter: reading SSM Parameter: .* ParameterNotFound/,
    );
  });
});
