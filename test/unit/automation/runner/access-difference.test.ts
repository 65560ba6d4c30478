import assert from "node:assert/strict";
import { accessDifference, changeText } from "../../../../automation/runner/access-difference";
import type { AccessMatrix, Grant } from "../../../../infra/contract/access-matrix";

const grant = (role: string, until?: string): Grant => ({
  role,
  cluster: "app",
  database: "app",
  preset: "readonly",
  privilegeRole: "sallyport_app_readonly",
  ...(until ? { until } : {}),
});
const matrix = (logins: Record<string, Grant[]>): AccessMatrix => ({
  estate: "payments",
  environment: "dev",
  logins: Object.entries(logins).map(([loginName, grants]) => ({
    loginName,
    person: { userName: loginName, userId: `id-${loginName}` },
    grants,
  })),
});

describe("accessDifference", () => {
  it("says everything at the first run", () => {
    assert.deepEqual(accessDifference(undefined, matrix({ jane: [grant("readonly")] })).map(changeText), [
      "+ jane                         app/app        readonly",
    ]);
  });

  it("says nothing when nothing changed", () => {
    const same = matrix({ jane: [grant("readonly")], sam: [grant("readonly", "2027-01-31T00:00:00Z")] });
    assert.deepEqual(accessDifference(same, structuredClone(same)), []);
  });

  it("names who lost and who gained, sorted by login, losses first; a changed end is both", () => {
    const before = matrix({ sam: [grant("readonly")], ben: [grant("developer")] });
    const after = matrix({ sam: [grant("readonly", "2027-01-31T00:00:00Z")], ann: [grant("developer")] });
    assert.deepEqual(
      accessDifference(before, after).map(({ kind, loginName, until }) => [kind, loginName, until]),
      [
        ["gained", "ann", undefined],
        ["lost", "ben", undefined],
        ["lost", "sam", undefined],
        ["gained", "sam", "2027-01-31T00:00:00Z"],
      ],
    );
  });
});
