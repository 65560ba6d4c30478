import assert from "node:assert/strict";
import { chooseRole, type RoleChoice } from "../../../../automation/door/choose-role";
import type { ErrorCode } from "../../../../automation/core/error-codes";

const logins = { readonly: { login: "self" }, developer: { login: "self" }, admin: { login: "separate" } } as const;

const TABLE: readonly (readonly [string, Partial<RoleChoice>, { role?: string; code?: ErrorCode }])[] = [
  [
    "the asked one, though another would be chosen",
    { held: ["admin", "developer"], asked: "admin", lastUsed: "developer" },
    { role: "admin" },
  ],
  ["the only one without a separate login", { held: ["admin", "developer"] }, { role: "developer" }],
  [
    "that one also when another was last used",
    { held: ["admin", "developer"], lastUsed: "admin" },
    { role: "developer" },
  ],
  ["the last used of several", { held: ["developer", "readonly"], lastUsed: "readonly" }, { role: "readonly" }],
  ["the last used separate one when there is no other", { held: ["admin"], lastUsed: "admin" }, { role: "admin" }],
  ["never a separate login by itself, though it is the only one", { held: ["admin"] }, { code: "AUTH_ROLE_CHOICE" }],
  ["none of several when none was used", { held: ["developer", "readonly"] }, { code: "AUTH_ROLE_CHOICE" }],
  [
    "none of several when the last used is gone",
    { held: ["developer", "readonly"], lastUsed: "admin" },
    { code: "AUTH_ROLE_CHOICE" },
  ],
  ["none that is asked but not held", { held: ["developer"], asked: "admin" }, { code: "AUTH_NO_ACCESS" }],
  ["none that the environment does not know", { held: ["operator"] }, { code: "AUTH_NO_ACCESS" }],
  [
    "none that is called like a property of every object",
    { held: ["constructor"], asked: "constructor" },
    { code: "AUTH_NO_ACCESS" },
  ],
];

describe("which role a connection uses", () => {
  for (const [what, choice, expected] of TABLE) {
    it(what, () => {
      const run = (): string => chooseRole({ env: "dev", held: [], logins, ...choice });
      if (expected.role === undefined) assert.throws(run, { code: expected.code });
      else assert.equal(run(), expected.role);
    });
  }

  it("is asked with the list, separate sign-ins marked", () => {
    assert.throws(() => chooseRole({ env: "dev", held: ["admin", "developer", "readonly"], logins }), {
      code: "AUTH_ROLE_CHOICE",
      exitCode: 2,
      message: "Choose a role of dev: admin (separate sign-in), developer, readonly.",
    });
  });
});
