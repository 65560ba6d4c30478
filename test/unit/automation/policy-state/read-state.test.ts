import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseState, readStateFile } from "../../../../automation/policy-state/read-state";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("reading a state", () => {
  it("takes what a stack export wrote", () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "state.json");
      const urn = "urn:pulumi:dev::app::aws:ec2/vpc:Vpc::main";
      writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources: [{ urn }] } }));
      const { resources } = await readStateFile(file);
      assert.deepEqual(
        resources.map(({ name }) => name),
        ["main"],
      );
    }));

  it("a file that is not there is named", () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "none.json");
      await assert.rejects(readStateFile(file), { code: "STATE_INVALID", message: `${file} cannot be read.` });
    }));

  it("text that is not JSON is not quoted", () => {
    assert.throws(() => parseState("hunter2", "state.json"), {
      code: "STATE_INVALID",
      message: "state.json is not JSON.",
      exitCode: 2,
    });
  });

  it("twenty problems are enough to see what kind of file it is", () => {
    const resources = Array.from({ length: 23 }, () => 7);
    assert.throws(
      () => parseState(JSON.stringify({ version: 3, deployment: { resources } }), "state.json"),
      ({ message }: Error) => {
        const lines = message.split("\n");
        assert.equal(lines.length, 22);
        assert.equal(lines[0], "state.json is no stack export.");
        assert.equal(lines[1], "deployment.resources[0]: seen a number; expected a resource");
        assert.equal(lines[21], "and 3 more");
        return true;
      },
    );
  });
});
