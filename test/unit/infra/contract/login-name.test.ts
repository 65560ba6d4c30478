import assert from "node:assert/strict";
import { loginNameFault } from "../../../../infra/contract/login-name";

describe("login name", () => {
  it("is taken byte for byte: upper case, dots, @, +, letters of any script", () => {
    for (const name of ["jane@example.com", "J.Doe+x_y-z", "żółw", "x".repeat(63)])
      assert.equal(loginNameFault(name), undefined, name);
  });

  it("is refused where IAM, PostgreSQL or RDS would not take it", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["é".repeat(32), `a login name of at most 63 bytes, but "${"é".repeat(32)}" has 64: 1 too many`],
      ["a*", 'a login name without spaces, control characters and *, ?, $, /, "'],
      ["${aws:x}", 'a login name without spaces, control characters and *, ?, $, /, "'],
      ["a\u0007", 'a login name without spaces, control characters and *, ?, $, /, "'],
      ["", 'a login name without spaces, control characters and *, ?, $, /, "'],
      ["postgres", 'another name: "postgres" is kept by the database'],
      ["pg_x", 'a name that does not begin with "pg_" (kept by the database)'],
      ["sallyport_provisioner", 'a name that does not begin with "sallyport_" (kept by the database)'],
    ];
    for (const [name, fault] of cases) assert.equal(loginNameFault(name), fault);
  });
});
