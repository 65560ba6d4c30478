import assert from "node:assert/strict";
import { openWorld, type World } from "../../world";

const PARAMETER = "aws:ssm/parameter:Parameter";

describe("simulated parameter", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("an insecure value is shown and compared, and counted up", async () => {
    const made = await world.aws.make(PARAMETER, { name: "/sallyport/a/b", type: "String", insecureValue: "one" });
    assert.deepEqual([made.outputs.insecureValue, made.outputs.version], ["one", 1]);
    assert.equal(made.outputs.arn, "arn:aws:ssm:eu-west-2:000000000000:parameter/sallyport/a/b");
    const news = { name: "/sallyport/a/b", type: "String", insecureValue: "two" };
    assert.deepEqual((await world.aws.diff(made, news)).paths, ["insecureValue"]);
    const { outputs } = await world.aws.update(made, news);
    assert.deepEqual([outputs.value, outputs.version], ["two", 2]);
  });

  it("names and values that AWS refuses are refused", async () => {
    const make = (name: string, insecureValue: string, more = {}) =>
      world.aws.make(PARAMETER, { name, type: "String", insecureValue, ...more });
    await assert.rejects(
      make("/aws/x", "v"),
      /ValidationException: Parameter name: can't be prefixed with "aws" or "ssm"/,
    );
    await assert.rejects(make("a/b", "v"), /ValidationException: Parameter name must be a fully qualified name\./);
    await assert.rejects(make("/a".repeat(16), "v"), /HierarchyLevelLimitExceededException/);
    await assert.rejects(
      make("/a", "v".repeat(4097)),
      /ValidationException: Standard tier parameters support a maximum parameter value of 4096 characters\./,
    );
    await assert.rejects(make("/a", "v", { allowedPattern: "^x$" }), /ParameterPatternMismatchException/);
    await make("/a", "v");
    await assert.rejects(make("/a", "v"), /ParameterAlreadyExists/);
    assert.equal((await make("/a", "w", { overwrite: true })).outputs.version, 2);
  });

  it("one value, of a type that fits", async () => {
    const { failures } = await world.aws.check(PARAMETER, { name: "/a", type: "Text", value: "a", insecureValue: "b" });
    assert.deepEqual(Object.keys(failures).sort(), ["insecureValue", "type"]);
    assert.match(
      (await world.aws.check(PARAMETER, { name: "/a", type: "SecureString", insecureValue: "b" })).failures
        .insecureValue ?? "",
      /cannot set type = SecureString/,
    );
  });

  it("back from Advanced to Standard replaces", async () => {
    const made = await world.aws.make(PARAMETER, { name: "/a", type: "String", insecureValue: "v", tier: "Advanced" });
    assert.deepEqual(
      (await world.aws.diff(made, { name: "/a", type: "String", insecureValue: "v", tier: "Standard" })).replaces,
      ["tier"],
    );
  });
});
