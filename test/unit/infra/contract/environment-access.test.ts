import assert from "node:assert/strict";
import { environmentAccess } from "../../../../infra/contract/environment-access";
import { accessOf, dev, problemLines, valueOf } from "./sample";

describe("access in one environment", () => {
  it("resolves roles, names and principals of the committed files", () => {
    const [readonly, developer, admin] = valueOf(environmentAccess(accessOf(), dev()));
    assert.deepEqual(readonly, {
      name: "readonly",
      permissionSet: "sp-payments-dev-readonly",
      login: "self",
      sessionSeconds: 3600,
      databases: [{ cluster: "app", database: "app", preset: "readonly" }],
      principals: [{ kind: "group", name: "Analysts", path: "access[0].group" }],
    });
    assert.equal(developer?.sessionSeconds, 14_400);
    assert.deepEqual(admin?.principals, [{ kind: "person", name: "jane@example.com", path: "access[2].person" }]);
  });

  it("takes the strongest preset where patterns overlap", () => {
    const access = accessOf('{ r: { on: { "*/*": readonly, app/app: readwrite, "app/*": readonly } } }');
    assert.deepEqual(valueOf(environmentAccess(access, dev()))[0]?.databases, [
      { cluster: "app", database: "app", preset: "readwrite" },
    ]);
  });

  it("refuses clusters and databases that do not exist, with a guess", () => {
    const access = accessOf('{ r: { on: { apps/app: readonly, app/ap: readonly, "*/x": readonly } } }');
    assert.deepEqual(problemLines(environmentAccess(access, dev())), [
      'roles.r.on["apps/app"] | the cluster "apps" | one of app; did you mean "app"?',
      'roles.r.on["app/ap"] | the database "ap" | one of app; did you mean "app"?',
      'roles.r.on["*/x"] | the database "x" | one of app',
    ]);
  });

  it("refuses a permission-set name over 32 characters with the arithmetic", () => {
    const role = "a".repeat(17);
    const access = accessOf(`{ ${role}: { on: { "*/*": readonly } } }`);
    assert.deepEqual(problemLines(environmentAccess(access, dev())), [
      `roles.${role} | "sp-payments-dev-${role}" | a permission-set name of at most 32 characters: sp-payments-dev-${role} has 33 characters, 1 too many`,
    ]);
    assert.equal(environmentAccess(accessOf(`{ ${"a".repeat(16)}: { on: { "*/*": readonly } } }`), dev()).ok, true);
  });

  it("refuses an environment whose name could not be read back from a permission set", () => {
    const access = accessOf('{ r: { on: { "*/*": readonly } } }');
    assert.deepEqual(problemLines(environmentAccess(access, { ...dev(), name: "dev-eu" })), [
      'environment | "dev-eu" | a name of lower-case letters and digits that begins with a letter (no hyphen)',
    ]);
  });

  it("refuses an environment whose IAM roles would have names over 64 characters", () => {
    const access = accessOf('{ r: { on: { "*/*": readonly } } }');
    const ends = (name: string): string[] =>
      problemLines(environmentAccess(access, { ...dev(), name })).map((line) => line.split(": ").at(-1) ?? "");
    const [fits, long] = ["e".repeat(35), "e".repeat(36)];
    assert.deepEqual(ends(fits), [`sp-payments-${fits}-r has 49 characters, 17 too many`]);
    assert.deepEqual(ends(long), [
      `sallyport-payments-${long}-flow-logs has 65 characters, 1 too many`,
      `sp-payments-${long}-r has 50 characters, 18 too many`,
    ]);
  });

  it("refuses cluster identifiers and privilege roles over 63 characters", () => {
    const { config } = dev();
    const app = config.clusters["app"];
    assert.ok(app);
    const cluster = "c".repeat(51);
    const database = "d".repeat(44);
    const clusters = { [cluster]: { ...app, databases: { [database]: { owner: "o", schemas: ["public"] } } } };
    const access = accessOf('{ r: { on: { "*/*": readonly } } }');
    assert.deepEqual(
      problemLines(environmentAccess(access, { name: "dev", config: { ...config, clusters } })).map((line) =>
        line.split(": ").at(-1),
      ),
      [
        `payments-dev-${cluster} has 64 characters, 1 too many`,
        `sallyport_${database}_readwrite has 64 characters, 1 too many`,
      ],
    );
  });
});
