import assert from "node:assert/strict";
import { homeForSignIn, homesToSearch, sandboxHome, userHome } from "../../../../automation/auth/client-home";

const REQUEST = { env: {}, cwd: "/repo", platform: "linux", homeFolder: "/home/jane" } as const;

describe("where a sign-in stands", () => {
  it("is the user's folder for state, by system", () => {
    assert.equal(userHome(REQUEST), "/home/jane/.local/state/sallyport");
    assert.equal(userHome({ ...REQUEST, env: { XDG_STATE_HOME: "/state" } }), "/state/sallyport");
    assert.equal(userHome({ ...REQUEST, env: { XDG_STATE_HOME: "relative" } }), "/home/jane/.local/state/sallyport");
    assert.equal(userHome({ ...REQUEST, platform: "darwin" }), "/home/jane/Library/Application Support/sallyport");
    assert.match(userHome({ ...REQUEST, platform: "win32", env: { LOCALAPPDATA: "/local" } }), /local.sallyport$/);
  });

  it("is the repository for the sandbox, and SALLYPORT_HOME before anything", () => {
    assert.equal(homeForSignIn(REQUEST, true), "/repo/.sallyport/client");
    assert.equal(homeForSignIn(REQUEST, false), "/home/jane/.local/state/sallyport");
    const named = { ...REQUEST, env: { SALLYPORT_HOME: "mine" } };
    assert.equal(homeForSignIn(named, true), "/repo/mine");
    assert.deepEqual(homesToSearch(named), [{ folder: "/repo/mine", sandboxOnly: false }]);
  });

  it("is searched in the repository first, where only a sandbox sign-in counts", () => {
    assert.deepEqual(homesToSearch(REQUEST), [
      { folder: sandboxHome("/repo"), sandboxOnly: true },
      { folder: "/home/jane/.local/state/sallyport", sandboxOnly: false },
    ]);
  });
});
