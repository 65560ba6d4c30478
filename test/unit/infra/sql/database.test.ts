import assert from "node:assert/strict";
import { databaseWish } from "../../../../infra/contract/database-wish";
import { Database } from "../../../../infra/sql/database";
import { record, settled, type Recording } from "../recorded";

const WISH = databaseWish("app", "16.4", {
  databases: [{ name: "app", owner: "app_owner", schemas: ["public"] }],
  privilegeRoles: [{ name: "ro", database: "app", preset: "readonly" }],
  logins: [{ name: "jane", userId: "u-1", memberOf: ["ro"] }],
});

describe("the database stack", () => {
  let recording: Recording;
  before(async () => {
    const { recording: seen, result } = await record(() => new Database("app", WISH));
    assert.deepEqual(await settled(result.roles), ["ro", "jane", "sallyport_canary"]);
    recording = seen;
  });
  const of = (type: string) => recording.resources.filter((each) => each.type === type);

  it("gives its provider neither address nor secret", () => {
    const [provider] = of("pulumi:providers:postgresql");
    assert.deepEqual(provider?.inputs, {
      connectTimeout: "30",
      expectedVersion: "16.0.0",
      maxConnections: "2",
      sslmode: "disable",
      superuser: "false",
    });
  });

  it("holds a role for each privilege role, login and the canary, all by that provider", () => {
    assert.deepEqual(
      new Map(
        of("postgresql:index/role:Role").map(({ name, provider, inputs }) => [name, [provider, inputs["roles"]]]),
      ),
      new Map([
        ["ro", ["app", []]],
        ["jane", ["app", ["rds_iam", "ro"]]],
        ["sallyport_canary", ["app", ["rds_iam"]]],
      ]),
    );
    assert.ok(of("postgresql:index/role:Role").every(({ inputs }) => !("password" in inputs)));
  });

  it("a login comes after the roles that it is a member of, a grant after its role and the default privileges", () => {
    const after = (key: string): readonly string[] => recording.dependencies.get(key) ?? [];
    assert.deepEqual(after("postgresql:index/role:Role jane"), ["ro"]);
    const key = "postgresql:index/grant:Grant ro app.public table";
    assert.deepEqual([...after(key)].sort(), ["ro", "ro app.public sequence to come", "ro app.public table to come"]);
  });
});
