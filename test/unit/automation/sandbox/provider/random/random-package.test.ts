import assert from "node:assert/strict";
import { randomPackage } from "../../../../../../automation/sandbox/provider/random/random-package";
import { Client, recordingClusters, seededBytes, testEstate } from "../fixture";
import { plainText } from "../../../../../../automation/sandbox/account/plain-text";

const ID = "random:index/randomId:RandomId";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("simulated random provider", () => {
  let client: Client;
  before(async () => {
    const { estate } = testEstate();
    client = await Client.open("random", { estate, environment: {}, clusters: recordingClusters() });
  });
  after(() => client.close());

  it("an id is unknown at preview, stays as it is, and is replaced by any change", async () => {
    assert.equal((await client.preview(ID, { byteLength: 4 })).hex, UNKNOWN);
    const made = await client.make(ID, { byteLength: 4, prefix: "p-" });
    assert.match(plainText(made.outputs.hex), /^p-[0-9a-f]{8}$/);
    assert.equal((await client.diff(made, { byteLength: 4, prefix: "p-" })).changed, false);
    assert.deepEqual((await client.diff(made, { byteLength: 5, prefix: "p-" })).replaces, ["byteLength"]);
    assert.deepEqual((await client.read(ID, made.id, made.outputs, made.inputs)).outputs, made.outputs);
    await client.remove(made);
  });

  it("what it does not make is refused by name", async () => {
    await assert.rejects(
      client.make("random:index/randomPassword:RandomPassword", { length: 8 }),
      /does not simulate the resource type random:index\/randomPassword/,
    );
    await assert.rejects(client.invoke("random:index/x:x"), /does not simulate the function/);
    assert.match((await client.check(ID, { byteLength: 0 })).failures.byteLength ?? "", /at least 1/);
    assert.match((await client.check(ID, {})).failures.byteLength ?? "", /Missing required argument/);
    assert.deepEqual(randomPackage(seededBytes()).checkConfig({ version: "1", seed: "x" }), [
      { property: "seed", reason: "the random provider has no argument seed" },
    ]);
  });
});
