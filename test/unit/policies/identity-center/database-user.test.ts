import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  databaseUserProblem,
  mayNameDatabaseUser,
  readDatabaseUser,
} from "../../../../policies/identity-center/database-user";

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

describe("readDatabaseUser", () => {
  const DATABASE = "arn:aws:rds-db:eu-west-2:111122223333:dbuser:cluster-ABC";

  it("reads database, login and the tag in it", () => {
    assert.deepEqual(readDatabaseUser(`${DATABASE}/reader`), { database: "cluster-ABC", login: "reader" });
    assert.deepEqual(readDatabaseUser(`${DATABASE}/\${AWS:principaltag/dbUser}--a`), {
      database: "cluster-ABC",
      login: "${AWS:principaltag/dbUser}--a",
      tag: "dbUser",
    });
  });

  it("is nothing for wider resources and other services", () => {
    for (const resource of ["*", `${DATABASE}/*`, DATABASE, "arn:aws:s3:::bucket/key"])
      assert.equal(readDatabaseUser(resource), undefined, resource);
  });
});

describe("mayNameDatabaseUser", () => {
  it("takes every resource that could be one", () => {
    for (const resource of ["*", "arn:aws:rds-db:*", "arn:*:dbuser:*"])
      assert.equal(mayNameDatabaseUser(resource), true);
    assert.equal(mayNameDatabaseUser("arn:aws:s3:::*"), false);
  });
});
