import assert from "node:assert/strict";
import type { ObjectCatalog } from "../../../../../automation/runner/database/object-catalog";
import { objectDifferences } from "../../../../../automation/runner/database/object-differences";

const DATABASE = { name: "app", owner: "own", schemas: ["public"] };
const RW = { name: "rw", database: "app", preset: "readwrite" } as const;
const DONE: ObjectCatalog = {
  schemas: [{ name: "public", usage: ["rw"] }],
  objects: [
    { schema: "public", name: "t", kind: "table", grants: { rw: ["DELETE", "INSERT", "SELECT", "UPDATE"] } },
    { schema: "public", name: "s", kind: "sequence", grants: { rw: ["SELECT", "USAGE"] } },
  ],
  defaults: [
    { schema: "public", kind: "table", role: "rw", privileges: ["DELETE", "INSERT", "SELECT", "UPDATE"] },
    { schema: "public", kind: "sequence", role: "rw", privileges: ["SELECT", "USAGE"] },
  ],
};

describe("differences in a database's objects", () => {
  const cases: [string, ObjectCatalog, string[]][] = [
    ["a finished database has none", DONE, []],
    ["a schema that is missing", { ...DONE, schemas: [] }, ["app.public does not exist"]],
    ["USAGE", { ...DONE, schemas: [{ name: "public", usage: [] }] }, ['app.public: "rw" lacks USAGE']],
    [
      "exactly the objects that lack something",
      {
        ...DONE,
        objects: [
          ...DONE.objects,
          { schema: "public", name: 'odd"name', kind: "table", grants: { rw: ["SELECT"] } },
          { schema: "public", name: "u", kind: "sequence", grants: {} },
        ],
      },
      ['app.public.odd"name: "rw" lacks INSERT, UPDATE, DELETE', 'app.public.u: "rw" lacks SELECT, USAGE'],
    ],
    [
      "what is to come",
      { ...DONE, defaults: DONE.defaults.slice(1) },
      ['app.public: tables to come would not give "rw" SELECT, INSERT, UPDATE, DELETE'],
    ],
  ];
  for (const [title, found, expected] of cases)
    it(title, () => assert.deepEqual(objectDifferences(DATABASE, [RW], found), expected));

  it("another database's roles lack nothing here", () => {
    const nothing = { ...DONE, objects: [], defaults: [] };
    assert.deepEqual(objectDifferences(DATABASE, [{ ...RW, database: "other" }], nothing), []);
  });
});
