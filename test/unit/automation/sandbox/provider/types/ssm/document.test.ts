import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { openWorld, SESSION_DOCUMENT, type World } from "../../world";

const DOCUMENT = "aws:ssm/document:Document";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("simulated document", () => {
  let world: World;
  const inputs = { name: "sp-door", documentType: "Session", content: SESSION_DOCUMENT };
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it("shows hash, schema version and parameters of its content", async () => {
    const content = JSON.stringify({
      ...JSON.parse(SESSION_DOCUMENT),
      parameters: { host: { type: "String", default: "a", description: "h" } },
    });
    const { outputs } = await world.aws.make(DOCUMENT, { ...inputs, content });
    assert.equal(outputs.hash, createHash("sha256").update(content).digest("hex"));
    assert.deepEqual([outputs.schemaVersion, outputs.documentVersion, outputs.status], ["1.0", "1", "Active"]);
    assert.deepEqual(outputs.parameters, [{ name: "host", type: "String", defaultValue: "a", description: "h" }]);
  });

  it("new content is a new version and the default at once; what follows from it is unknown before", async () => {
    const made = await world.aws.make(DOCUMENT, inputs);
    const news = { ...inputs, content: SESSION_DOCUMENT.replace("5432", "5433") };
    const preview = (await world.aws.update(made, news, true)).outputs;
    assert.deepEqual([preview.hash, preview.defaultVersion, preview.arn], [UNKNOWN, UNKNOWN, made.outputs.arn]);
    const { outputs } = await world.aws.update(made, news);
    assert.deepEqual([outputs.defaultVersion, outputs.latestVersion], ["2", "2"]);
  });

  it("the same content in another layout is no difference", async () => {
    const made = await world.aws.make(DOCUMENT, inputs);
    assert.equal(
      (await world.aws.diff(made, { ...inputs, content: JSON.stringify(JSON.parse(SESSION_DOCUMENT), null, 2) }))
        .changed,
      false,
    );
  });

  it("content that is no session document is refused", async () => {
    const cases: [string, RegExp][] = [
      ["schemaVersion: '1.0'", /InvalidDocumentContent: The content is not a JSON object/],
      [SESSION_DOCUMENT.replace('"1.0"', '"2.2"'), /InvalidDocumentSchemaVersion/],
      [
        SESSION_DOCUMENT.replace('"Port"}', '"Port"}').replace('"sessionType":"Port"', '"sessionType":"Shell"'),
        /InvalidDocumentContent: sessionType Shell/,
      ],
      [SESSION_DOCUMENT.replace('"host"', '"hosts"'), /InvalidDocumentContent: properties of a Port session: hosts/],
      [
        JSON.stringify({ ...JSON.parse(SESSION_DOCUMENT), parameters: { host: {} } }),
        /InvalidDocumentContent: parameter host has no type/,
      ],
      [JSON.stringify({ ...JSON.parse(SESSION_DOCUMENT), description: "x".repeat(66_000) }), /MaxDocumentSizeExceeded/],
    ];
    for (const [content, expected] of cases)
      await assert.rejects(world.aws.make(DOCUMENT, { ...inputs, content }), expected);
  });

  it("reserved and taken names are refused, odd ones fail the check", async () => {
    await assert.rejects(world.aws.make(DOCUMENT, { ...inputs, name: "AWS-door" }), /ValidationException/);
    await world.aws.make(DOCUMENT, inputs);
    await assert.rejects(
      world.aws.make(DOCUMENT, inputs),
      /DocumentAlreadyExists: Document with same name sp-door already exists/,
    );
    assert.match(
      (await world.aws.check(DOCUMENT, { ...inputs, name: "a b" })).failures.name ?? "",
      /must contain only alphanumeric/,
    );
    assert.deepEqual((await world.aws.check(DOCUMENT, { ...inputs, documentFormat: "YAML" })).failures, {
      documentFormat: "not simulated here: JSON only",
    });
  });
});
