import assert from "node:assert/strict";
import {
  clusterRules,
  identifierRules,
} from "../../../../../../../automation/sandbox/provider/types/rds/cluster-rules";

const failuresOf = (check: (fail: (key: string, reason: string) => void) => void): Record<string, string> => {
  const failures: Record<string, string> = {};
  check((key, reason) => void (failures[key] = reason));
  return failures;
};

describe("check rules of clusters", () => {
  it("identifiers are lower case with single hyphens inside", () => {
    const reasons = ["App", "1app", "a--b", "app-", "app-1"].map(
      (id) => failuresOf((fail) => identifierRules({ id }, "id", fail)).id,
    );
    assert.deepEqual(reasons, [
      'only lowercase alphanumeric characters and hyphens allowed in "id"',
      'first character of "id" must be a letter',
      '"id" cannot contain two consecutive hyphens',
      '"id" cannot end with a hyphen',
      undefined,
    ]);
  });

  it("a log that no engine has fails, another engine's is left to RDS", () => {
    const enabledCloudwatchLogsExports = ["postgresql", "audit", "queries"];
    assert.deepEqual(
      failuresOf((fail) => clusterRules({ enabledCloudwatchLogsExports }, fail)),
      {
        enabledCloudwatchLogsExports:
          'expected enabled_cloudwatch_logs_exports.2 to be one of ["audit" "error" "general" "iam-db-auth-error" ' +
          '"instance" "postgresql" "slowquery" "upgrade"], got queries',
      },
    );
  });

  it("engines and inputs that nothing acts out are refused loudly", () => {
    const failures = failuresOf((fail) =>
      clusterRules(
        { engine: "aurora-mysql", snapshotIdentifier: "s", manageMasterUserPassword: true, masterPassword: "p" },
        fail,
      ),
    );
    assert.deepEqual(failures, {
      engine: "not simulated here: aurora-postgresql only",
      snapshotIdentifier: "not simulated here",
      manageMasterUserPassword: '"manage_master_user_password": conflicts with master_password',
    });
    assert.match(
      failuresOf((fail) => clusterRules({ engine: "oracle" }, fail)).engine ?? "",
      /expected engine to be one of/,
    );
  });
});
