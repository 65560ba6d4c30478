import assert from "node:assert/strict";
import { checkWords, holdsWanted } from "../../../../../../automation/sandbox/provider/postgresql/privilege-words";

describe("privilege words", () => {
  it("are upper case and of the type", () => {
    checkWords({ objectType: "sequence", privileges: ["USAGE", "SELECT"] });
    for (const word of ["MAINTAIN", "select", "USAGE"])
      assert.throws(() => checkWords({ objectType: "table", privileges: [word] }), {
        message: `${word} is not an allowed privilege for object type table`,
      });
  });

  it("ALL is the provider's own list, which lacks MAINTAIN", () => {
    assert.equal(holdsWanted("schema", ["ALL"], ["USAGE", "CREATE"]), true);
    const table = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];
    assert.equal(holdsWanted("table", ["ALL"], table), true);
    assert.equal(holdsWanted("table", ["ALL"], [...table, "MAINTAIN"]), false);
  });

  it("are compared as sets", () => {
    assert.equal(holdsWanted("table", ["SELECT", "INSERT", "SELECT"], ["INSERT", "SELECT"]), true);
    assert.equal(holdsWanted("table", ["SELECT"], ["INSERT", "SELECT"]), false);
    assert.equal(holdsWanted("table", [], []), true);
  });
});
