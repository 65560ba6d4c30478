import assert from "node:assert/strict";
import {
  checkWords,
  grantee,
  meant,
  onObjects,
} from "../../../../../../automation/sandbox/provider/postgresql/grant-target";

describe("what a grant is on", () => {
  const cases: [Record<string, string | string[]>, string][] = [
    [{ objectType: "database", database: 'a"b' }, 'DATABASE "a""b"'],
    [{ objectType: "schema", schema: "s" }, 'SCHEMA "s"'],
    [{ objectType: "table", schema: "s" }, 'ALL TABLES IN SCHEMA "s"'],
    [{ objectType: "function", schema: "s" }, 'ALL FUNCTIONS IN SCHEMA "s"'],
    [{ objectType: "table", schema: "s", objects: ["t3", "t1"] }, 'TABLE "s"."t1","s"."t3"'],
  ];
  for (const [inputs, sql] of cases) it(sql, () => assert.equal(onObjects(inputs), sql));

  it("public is everybody, anything else a name", () =>
    assert.deepEqual([grantee("public"), grantee("PUBLIC")], ["PUBLIC", '"PUBLIC"']));

  it("words are upper case and of the type", () => {
    checkWords({ objectType: "sequence", privileges: ["USAGE", "SELECT"] });
    assert.throws(() => checkWords({ objectType: "table", privileges: ["MAINTAIN"] }), {
      message: "MAINTAIN is not an allowed privilege for object type table",
    });
  });

  it("ALL means the provider's own list", () => {
    assert.deepEqual(meant("schema", ["ALL"]), ["CREATE", "USAGE"]);
    assert.deepEqual(meant("table", ["UPDATE", "SELECT"]), ["SELECT", "UPDATE"]);
  });
});
