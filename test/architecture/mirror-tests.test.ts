import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT, sourceFiles, sourceText } from "../support/source-files";

/** Modules whose behaviour is proven elsewhere than in a mirror test, and where. */
const PROVEN_ELSEWHERE: Readonly<Record<string, string>> = {
  // Wiring of parts that have their own tests: proven by running them as a user would.
  "automation/cli.ts": "test/e2e/bad-input.test.ts",
  "automation/commands/destroy.ts": "test/e2e/first-row.test.ts",
  "automation/commands/environment-options.ts": "test/e2e/bad-input.test.ts",
  "automation/commands/outputs.ts": "test/e2e/bad-input.test.ts",
  "automation/commands/preview.ts": "test/e2e/bad-input.test.ts",
  "automation/commands/result-line.ts": "test/e2e/first-row.test.ts",
  "automation/commands/demo.ts": "test/e2e/demo.test.ts",
  "automation/commands/sync.ts": "test/e2e/database-stack.test.ts",
  "automation/commands/up.ts": "test/e2e/first-row.test.ts",
  "automation/demo/visit.ts": "test/e2e/demo.test.ts",
  "automation/runner/accounts.ts": "test/e2e/first-row.test.ts",
  "automation/runner/destroy.ts": "test/e2e/first-row.test.ts",
  "automation/runner/apply-platform.ts": "test/e2e/database-stack.test.ts",
  "automation/runner/cluster-door.ts": "test/e2e/database-stack.test.ts",
  "automation/runner/converge-clusters.ts": "test/e2e/database-stack.test.ts",
  "automation/runner/converge-database.ts": "test/e2e/database-stack.test.ts",
  "automation/runner/database/foreign-owners.ts": "test/unit/automation/runner/database/make-way.test.ts",
  "automation/runner/database/marked-roles.ts": "test/unit/automation/runner/database/role-refusals.test.ts",
  "automation/runner/prepare-cluster.ts": "test/e2e/first-row.test.ts",
  "automation/runner/sync.ts": "test/e2e/database-stack.test.ts",
  "automation/runner/project.ts": "test/e2e/bad-input.test.ts",
  "automation/runner/up.ts": "test/e2e/killed-up.test.ts",
  "automation/sandbox/api/account-apis.ts": "test/unit/automation/sandbox/api/server.test.ts",
  // Parts of one decision, proven together.
  ...Object.fromEntries(
    ["grant-read", "grant-role", "types"].map((name) => [
      `automation/sandbox/provider/postgresql/${name}.ts`,
      "test/unit/automation/sandbox/provider/postgresql/postgresql-package.test.ts",
    ]),
  ),
  // Rows of one table, proven through it.
  ...Object.fromEntries(
    ["fault", "line-faults", "socket-faults", "agent-faults", "session-faults", "estate-faults"].map((name) => [
      `automation/sandbox/faults/${name}.ts`,
      "test/unit/automation/sandbox/faults/faults.test.ts",
    ]),
  ),
  "automation/sandbox/iam/condition.ts": "test/unit/automation/sandbox/iam/evaluate.test.ts",
  "automation/sandbox/iam/pattern.ts": "test/unit/automation/sandbox/iam/evaluate.test.ts",
  "automation/sandbox/iam/policy.ts": "test/unit/automation/sandbox/iam/evaluate.test.ts",
  "infra/contract/access-schema.ts": "test/unit/infra/contract/access-file.test.ts",
  "infra/contract/environment-schema.ts": "test/unit/infra/contract/environment-config.test.ts",
  "automation/sandbox/daemon/main.ts": "test/e2e/sandbox-process.test.ts",
  "automation/sandbox/daemon/product-services.ts": "test/e2e/sandbox-process.test.ts",
};

/** A module has behaviour when it defines a function or class: types, tables and re-exports alone do not count. */
function hasBehaviour(text: string): boolean {
  return /^(export )?(async )?function |^(export )?(abstract )?class |=> \{$|=>\s*$/m.test(text);
}

describe("mirror tests", () => {
  it("every module with behaviour has its mirror test, or a named place that proves it", () => {
    const missing = sourceFiles(["infra", "automation", "policies"]).filter((file) => {
      if (!hasBehaviour(sourceText(file))) return false;
      const mirror = path.join(ROOT, "test", "unit", file.replace(/\.ts$/, ".test.ts"));
      const elsewhere = PROVEN_ELSEWHERE[file];
      return !existsSync(mirror) && !(elsewhere !== undefined && existsSync(path.join(ROOT, elsewhere)));
    });
    assert.deepEqual(missing, []);
  });

  it("every place named for a module exists, and the module too", () => {
    const stale = Object.entries(PROVEN_ELSEWHERE).filter(
      ([file, test]) => !existsSync(path.join(ROOT, file)) || !existsSync(path.join(ROOT, test)),
    );
    assert.deepEqual(stale, []);
  });
});
