import assert from "node:assert/strict";
import { architectureOf, IMAGES, PUBLIC_PARAMETERS } from "../../../../../automation/sandbox/account/images";

describe("images", () => {
  it("Graviton types are arm64, all others x86_64", () => {
    for (const type of ["t4g.nano", "m7gd.large", "c6gn.xlarge", "x2gd.medium", "a1.medium"])
      assert.equal(architectureOf(type), "arm64", type);
    for (const type of ["t3.nano", "m5.large", "g4dn.xlarge", "c6i.large", "m7i-flex.large"])
      assert.equal(architectureOf(type), "x86_64", type);
  });

  it("every public parameter names an image of the architecture in its name; ids look like AWS's", () => {
    for (const [name, id] of Object.entries(PUBLIC_PARAMETERS)) {
      assert.match(id, /^ami-[0-9a-f]{17}$/);
      assert.ok(name.endsWith(IMAGES[id]?.architecture ?? "none"), name);
      assert.equal(IMAGES[id]?.hasAgent, !name.includes("minimal"));
    }
  });
});
