import assert from "node:assert/strict";
import { wantedRoles } from "../../../../infra/contract/wanted-roles";

const DATABASES = { app: { owner: "app_owner", schemas: ["public"] } };
const grant = (cluster: string, preset: "readonly" | "readwrite" | "owner", until?: string) => ({
  role: preset,
  cluster,
  database: "app",
  preset,
  privilegeRole: preset === "owner" ? "app_owner" : `sallyport_app_${preset}`,
  ...(until === undefined ? {} : { until }),
});
const login = (loginName: string, grants: ReturnType<typeof grant>[]) => ({
  loginName,
  person: { userName: loginName, userId: `id-${loginName}` },
  grants,
});
const NOW = Date.parse("2026-06-01T00:00:00Z");

describe("what one cluster should have", () => {
  it("is the matrix of that cluster, each role once", () => {
    const logins = [
      login("ann", [grant("main", "readwrite"), grant("main", "readonly"), grant("main", "readonly")]),
      login("bob--admin", [grant("main", "owner")]),
      login("eve", [grant("other", "readonly")]),
    ];
    assert.deepEqual(wantedRoles({ logins }, "main", DATABASES, NOW), {
      databases: [{ name: "app", owner: "app_owner", schemas: ["public"] }],
      privilegeRoles: [
        { name: "sallyport_app_readonly", database: "app", preset: "readonly" },
        { name: "sallyport_app_readwrite", database: "app", preset: "readwrite" },
      ],
      logins: [
        { name: "ann", userId: "id-ann", memberOf: ["sallyport_app_readonly", "sallyport_app_readwrite"] },
        { name: "bob--admin", userId: "id-bob--admin", memberOf: ["app_owner"] },
      ],
    });
  });

  it("ends with the moment of `until`", () => {
    const logins = [
      login("ann", [grant("main", "readonly", "2026-06-01T00:00:00Z")]),
      login("bob", [grant("main", "readonly", "2026-06-01T00:00:01Z")]),
    ];
    assert.deepEqual(
      wantedRoles({ logins }, "main", DATABASES, NOW).logins.map(({ name }) => name),
      ["bob"],
    );
  });
});
