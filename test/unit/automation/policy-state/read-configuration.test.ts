import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { checkedConfiguration, readConfigurationFile } from "../../../../automation/policy-state/read-configuration";
import { RULES } from "../../../../policies/library";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("reading a policy configuration", () => {
  it("takes the form of pulumi's --policy-pack-config", () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "policies.json");
      writeFileSync(file, JSON.stringify({ all: "advisory", "sg-no-world": "mandatory" }));
      const configuration = await readConfigurationFile(file);
      assert.equal(configuration.size, RULES.length);
      assert.deepEqual(
        ["sg-no-world", "rds-encrypted"].map((id) => configuration.get(id)?.level),
        ["mandatory", "advisory"],
      );
    }));

  it("a file that is not there, or not JSON, is named and not quoted", () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "policies.json");
      const refused = (message: string): Promise<void> =>
        assert.rejects(readConfigurationFile(file), { code: "POLICY_CONFIG_INVALID", message, exitCode: 2 });
      await refused(`${file} cannot be read.`);
      writeFileSync(file, "hunter2");
      await refused(`${file} is not JSON.`);
    }));

  it("every problem is named", () => {
    assert.throws(
      () => checkedConfiguration({ "sg-no-wrld": "disabled", "rds-backups": { minimumDays: "x" } }, "policies.json"),
      ({ message }: Error) => {
        const lines = message.split("\n");
        assert.deepEqual([lines[0], lines.length], ["policies.json has 2 problems.", 3]);
        assert.match(lines[1] ?? "", /^sg-no-wrld: .*"sg-no-world": did you mean that\?$/);
        assert.match(lines[2] ?? "", /^rds-backups\.minimumDays: /);
        return true;
      },
    );
    assert.throws(() => checkedConfiguration({ all: "on" }, "it"), { message: /^it has 1 problem\.\nall: / });
  });
});
