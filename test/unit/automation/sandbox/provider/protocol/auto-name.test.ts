import assert from "node:assert/strict";
import { autoName, type Naming } from "../../../../../../automation/sandbox/provider/protocol/auto-name";

const naming = (logicalName: string, changes: Partial<Naming> = {}): Naming => ({
  logicalName,
  seed: Buffer.alloc(32),
  mode: "provider",
  proposed: "",
  ...changes,
});
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

describe("auto-names", () => {
  it("are logical name and seven digits, the same for the same seed", () => {
    const made = autoName(GROUP, naming("door"));
    assert.match(JSON.stringify(made), /^\{"name":"door-[0-9a-f]{7}"\}$/);
    assert.deepEqual(autoName(GROUP, naming("door")), made);
    assert.notDeepEqual(autoName(GROUP, naming("door", { seed: Buffer.alloc(32, 1) })), made);
  });

  it("T12 have a limit, 64 for roles", () => {
    assert.match(JSON.stringify(autoName("aws:iam/role:Role", naming("r".repeat(56)))), /"name"/);
    assert.match(
      JSON.stringify(autoName("aws:iam/role:Role", naming("r".repeat(57)))),
      /longer than maximum length 64/,
    );
    assert.match(JSON.stringify(autoName(GROUP, naming("g".repeat(57)))), /"name"/);
  });

  it("obey the engine's configuration", () => {
    assert.equal(autoName(GROUP, naming("door", { mode: "disable" })), undefined);
    assert.deepEqual(autoName(GROUP, naming("door", { mode: "enforce", proposed: "exact" })), { name: "exact" });
  });
});
