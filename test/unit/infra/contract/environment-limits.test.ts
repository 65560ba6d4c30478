import assert from "node:assert/strict";
import { environmentAccess } from "../../../../infra/contract/environment-access";
import { environmentLimitProblems } from "../../../../infra/contract/environment-limits";
import { accessOf, dev, problemLine, valueOf } from "./sample";

describe("limits of an environment", () => {
  it("finds nothing wrong with the committed files", () => {
    assert.deepEqual(environmentLimitProblems(accessOf(), dev(), valueOf(environmentAccess(accessOf(), dev()))), []);
  });

  it("measures policies and descriptor before anything exists", () => {
    const { config } = dev();
    const app = config.clusters["app"];
    assert.ok(app);
    const clusters = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`cluster-number-${index}`, app]));
    const environment = { name: "dev", config: { ...config, clusters } };
    const access = accessOf('{ r: { on: { "*/*": readonly } } }');
    const problems = environmentLimitProblems(access, environment, valueOf(environmentAccess(access, environment)));
    assert.deepEqual(
      problems.map((problem) => problem.path),
      ["roles.r", "descriptor"],
    );
    for (const line of problems.map(problemLine)) {
      const match = /at most (\d+) bytes: it has (\d+), (\d+) too many/.exec(line);
      assert.ok(match, line);
      assert.equal(Number(match[2]) - Number(match[1]), Number(match[3]));
    }
  });
});
