import assert from "node:assert/strict";
import type { Props } from "../../../../../../automation/sandbox/account/estate";
import { changes, refreshed } from "../../../../../../automation/sandbox/provider/postgresql/comparison";
import { GRANT } from "../../../../../../automation/sandbox/provider/postgresql/grant";
import { ROLE } from "../../../../../../automation/sandbox/provider/postgresql/role";
import { SCHEMA } from "../../../../../../automation/sandbox/provider/postgresql/schema";
import type { PostgresType } from "../../../../../../automation/sandbox/provider/postgresql/types";

const changed = (type: PostgresType, state: Props, news: Props, ignore: string[] = []): string[] =>
  changes(type, { id: "", state, oldInputs: {}, news, ignore }).map(
    ({ path, kind, replace }) => `${path} ${kind}${replace ? " replaces" : ""}`,
  );

describe("comparing inputs with a state", () => {
  it("sets have neither order nor repeats; search paths have both", () => {
    assert.deepEqual(changed(ROLE, { roles: ["a", "b"] }, { roles: ["b", "a", "b"] }), []);
    assert.deepEqual(changed(ROLE, { searchPaths: ["a", "b"] }, { searchPaths: ["b", "a"] }), ["searchPaths update"]);
  });

  it("false, nothing, 0 and empty are the same", () =>
    assert.deepEqual(
      changed(ROLE, { login: false, roles: [], assumeRole: "", statementTimeout: 0 }, { superuser: false }),
      [],
    ));

  it("tells what is added, gone, and what replaces", () =>
    assert.deepEqual(
      changed(
        GRANT,
        { privileges: ["SELECT"], schema: "a", withGrantOption: true },
        { privileges: ["INSERT"], schema: "b" },
      ),
      ["schema update replaces", "privileges update", "withGrantOption delete replaces"],
    ));

  it("an unknown value differs from any", () =>
    assert.deepEqual(changed(ROLE, { roles: ["a"] }, { roles: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }), [
      "roles update",
    ]));

  it("neither ignored nor write-only inputs count, nor what the server fills", () => {
    assert.deepEqual(changed(ROLE, { login: true }, { passwordWo: "x" }, ["login"]), []);
    assert.deepEqual(changed(SCHEMA, { owner: "o", database: "d" }, {}), []);
    assert.deepEqual(changed(SCHEMA, { owner: "o", database: "d" }, { owner: "p", database: "e" }), [
      "database update replaces",
      "owner update",
    ]);
  });
});

describe("inputs after a refresh", () => {
  const old = { roles: ["b", "a"], login: true, __defaults: ["login"] };

  it("are the program's where they hold, the live ones where they do not", () => {
    assert.deepEqual(refreshed(ROLE, old, { roles: ["a", "b"], login: false }, false), { ...old, login: false });
    assert.deepEqual(refreshed(ROLE, old, { roles: ["a"], connectionLimit: 5 }, false), {
      ...old,
      roles: ["a"],
      connectionLimit: 5,
    });
  });

  it("what the server fills is part of an import only", () => {
    const live = { name: "s", owner: "o", database: "d" };
    assert.deepEqual(refreshed(SCHEMA, { name: "s" }, live, false), { name: "s", __defaults: [] });
    assert.deepEqual(refreshed(SCHEMA, {}, live, true), { ...live, __defaults: [] });
  });
});
