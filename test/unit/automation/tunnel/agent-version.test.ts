import assert from "node:assert/strict";
import { agentSpeaksMux, agentWantsKeepAlive, compareVersions } from "../../../../automation/tunnel/agent-version";

describe("agent versions", () => {
  it("matrix 24: are compared part by part as numbers", () => {
    assert.equal(Math.sign(compareVersions("3.3.987.0", "3.1.1511.0") ?? 0), 1);
    assert.equal(Math.sign(compareVersions("3.1.99.0", "3.1.1511.0") ?? 0), -1);
    assert.equal(compareVersions("3.1.1511.0", "3.1.1511.0"), 0);
  });

  it("matrix 24: of another form are compared with nothing", () => {
    for (const version of ["", "3.1", "3.1.1511", "3.1.1511.0.1", "3.1.1511.x", "3.1.1511.99999999999"]) {
      assert.equal(compareVersions(version, "3.1.1511.0"), undefined, version);
    }
  });

  it("matrix 24: up to 3.1.1511.0 want keep-alives, up to 3.0.196.0 know no mux, unknown ones are new", () => {
    assert.deepEqual(["3.1.1511.0", "3.1.1512.0", "dev"].map(agentWantsKeepAlive), [true, false, false]);
    assert.deepEqual(["3.0.196.0", "3.0.197.0", "dev"].map(agentSpeaksMux), [false, true, true]);
  });
});
