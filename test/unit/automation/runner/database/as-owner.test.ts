import assert from "node:assert/strict";
import { asOwner, missingSchemas } from "../../../../../automation/runner/database/as-owner";

describe("statements as the owner role", () => {
  it("take SET for one transaction and give it back", () =>
    assert.deepEqual(asOwner('o"wn', ["SELECT 1"]), [
      'GRANT "o""wn" TO CURRENT_USER WITH INHERIT FALSE, SET TRUE',
      'SET LOCAL ROLE "o""wn"',
      "SELECT 1",
      "RESET ROLE",
      'REVOKE "o""wn" FROM CURRENT_USER GRANTED BY CURRENT_USER',
    ]));

  it("none stay none", () => assert.deepEqual(asOwner("own", []), []));

  it("schemas that are missing are made, those that stand are left alone", () => {
    const database = { name: "app", owner: "own", schemas: ["public", "sa les"] };
    assert.deepEqual(missingSchemas(database, { schemas: [{ name: "public", usage: [] }] }), [
      'CREATE SCHEMA "sa les"',
    ]);
  });
});
