import assert from "node:assert/strict";
import {
  grantee,
  grantSql,
  onObjects,
  revokeSql,
} from "../../../../../../automation/sandbox/provider/postgresql/grant-target";

describe("what a grant is on", () => {
  const cases: [Record<string, string | string[]>, string][] = [
    [{ objectType: "database", database: 'a"b' }, 'DATABASE "a""b"'],
    [{ objectType: "schema", schema: "s" }, 'SCHEMA "s"'],
    [{ objectType: "table", schema: "s" }, 'ALL TABLES IN SCHEMA "s"'],
    [{ objectType: "function", schema: "s" }, 'ALL FUNCTIONS IN SCHEMA "s"'],
    [{ objectType: "table", schema: "s", objects: ["t3", "t1"] }, 'TABLE "s"."t1","s"."t3"'],
    [{ objectType: "foreign_data_wrapper", objects: ["w"] }, 'FOREIGN DATA WRAPPER "w"'],
  ];
  for (const [inputs, sql] of cases) it(sql, () => assert.equal(onObjects(inputs), sql));

  it("public is everybody, anything else a name", () =>
    assert.deepEqual([grantee("public"), grantee("PUBLIC")], ["PUBLIC", '"PUBLIC"']));

  const revoked: [Record<string, string | string[]>, string | undefined][] = [
    [{ objectType: "table", privileges: ["SELECT"] }, 'REVOKE ALL PRIVILEGES ON ALL TABLES IN SCHEMA "s" FROM "g"'],
    [
      { objectType: "table", privileges: ["SELECT", "INSERT"], objects: ["t"] },
      'REVOKE INSERT,SELECT ON TABLE "s"."t" FROM "g"',
    ],
    [{ objectType: "table", privileges: [], objects: ["t"] }, 'REVOKE ALL PRIVILEGES ON TABLE "s"."t" FROM "g"'],
    [
      { objectType: "column", privileges: ["SELECT"], objects: ["t"], columns: ["c", "b"] },
      'REVOKE SELECT ("b","c") ON TABLE "s"."t" FROM "g"',
    ],
    [{ objectType: "column", privileges: [], objects: ["t"], columns: ["c"] }, undefined],
    [
      { objectType: "foreign_server", privileges: ["USAGE"], objects: ["f"] },
      'REVOKE ALL PRIVILEGES ON FOREIGN SERVER "f" FROM "g"',
    ],
  ];
  for (const [inputs, sql] of revoked)
    it(sql ?? "nothing to revoke", () => assert.equal(revokeSql({ role: "g", schema: "s", ...inputs }), sql));

  it("grants what is listed, with the option if asked; nothing where nothing is listed", () => {
    const on = { role: "public", schema: "s", objectType: "schema" };
    assert.equal(grantSql({ ...on, privileges: ["USAGE", "CREATE"] }), 'GRANT CREATE,USAGE ON SCHEMA "s" TO PUBLIC');
    assert.equal(
      grantSql({ ...on, role: "g", privileges: ["USAGE"], withGrantOption: true }),
      'GRANT USAGE ON SCHEMA "s" TO "g" WITH GRANT OPTION',
    );
    assert.equal(
      grantSql({ ...on, objectType: "column", objects: ["t"], columns: ["c"], privileges: ["SELECT"] }),
      'GRANT SELECT ("c") ON TABLE "s"."t" TO PUBLIC',
    );
    assert.equal(grantSql({ ...on, privileges: [] }), undefined);
  });

  it("argument types of a function are no part of its name; anything else in brackets is", () => {
    const named = (kind: string, name: string) => onObjects({ objectType: kind, schema: "s", objects: [name] });
    assert.equal(named("function", "f(text, int[])"), 'FUNCTION "s"."f"(text, int[])');
    assert.equal(named("table", "f(text)"), 'TABLE "s"."f(text)"');
    assert.equal(named("function", "f(); DROP ROLE x"), 'FUNCTION "s"."f(); DROP ROLE x"');
  });
});
