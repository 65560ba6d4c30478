import assert from "node:assert/strict";
import * as fc from "fast-check";
import { databaseUserProblem } from "../../../../policies/identity-center/database-user";

describe("databaseUserProblem", () => {
  const GOOD = "arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-ABC/reader";

  it("is silent about one user of one database and about other services", () => {
    for (const resource of [GOOD, GOOD.replace("reader", "${aws:PrincipalTag/dbUser}--reader"), "arn:aws:s3:::b/*"])
      assert.equal(databaseUserProblem(resource), undefined, resource);
  });

  it("no wildcard in any place passes", () => {
    fc.assert(
      fc.property(fc.nat(GOOD.length - 1), fc.constantFrom("*", "?", "${aws:x}"), fc.boolean(), (at, wild, insert) => {
        // One letter more is no longer an ARN of a database: nothing is reached.
        const resource = GOOD.slice(0, at) + wild + GOOD.slice(at + (insert && wild !== "?" ? 0 : 1));
        assert.notEqual(databaseUserProblem(resource), undefined, resource);
      }),
    );
  });
});
