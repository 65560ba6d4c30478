import assert from "node:assert/strict";
import { ENGINE_PARAMETERS, parameterFamily } from "../../../../infra/cluster/engine-parameters";

describe("engine parameters", () => {
  it("belong to the family of the major version", () => {
    assert.equal(parameterFamily("16"), "aurora-postgresql16");
    assert.equal(parameterFamily("17.4"), "aurora-postgresql17");
  });

  it("force TLS and log who comes and goes, without a restart", () => {
    assert.deepEqual(ENGINE_PARAMETERS, [
      { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
      { name: "log_connections", value: "1", applyMethod: "immediate" },
      { name: "log_disconnections", value: "1", applyMethod: "immediate" },
    ]);
  });
});
