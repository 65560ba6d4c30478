import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ENGINE_DOWNLOADS,
  engineArchive,
  isAtLeast,
  parseVersion,
} from "../../../../../automation/pulumi/engine/engine-version";

describe("engine version", () => {
  it("versions are found in a program's own words", () => {
    assert.deepEqual(parseVersion("go version go1.26.8 linux/amd64"), [1, 26, 8]);
    assert.deepEqual(parseVersion("v3.220.0\n"), [3, 220, 0]);
    assert.deepEqual(parseVersion("go1.25"), [1, 25, 0]);
    assert.equal(parseVersion("no version here"), undefined);
  });

  it("a version is at least itself and whatever is smaller in the first part that differs", () => {
    assert.equal(isAtLeast("v3.220.0", "3.220.0"), true);
    assert.equal(isAtLeast("3.219.9", "3.220.0"), false);
    assert.equal(isAtLeast("4.0.0", "3.220.0"), true);
    assert.equal(isAtLeast("go version go1.9.7", "1.25"), false);
    assert.equal(isAtLeast("command not found", "1.25"), false);
    const version = fc.tuple(fc.nat(50), fc.nat(500), fc.nat(50));
    fc.assert(
      fc.property(version, version, (a, b) => {
        const order = a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
        assert.equal(isAtLeast(a.join("."), b.join(".")), order >= 0);
      }),
    );
  });

  it("archives are pinned for Linux and macOS, not for Windows", () => {
    assert.deepEqual(engineArchive("linux", "x64"), {
      file: "pulumi-v3.220.0-linux-x64.tar.gz",
      sha256: "6f00c595e0c35821cd31903d7bb328a11c3c4bdad7acd59403fbb14cfcad45ff",
    });
    for (const [platform, arch] of [
      ["linux", "arm64"],
      ["darwin", "x64"],
      ["darwin", "arm64"],
    ] as const) {
      assert.match(engineArchive(platform, arch)?.sha256 ?? "", /^[0-9a-f]{64}$/);
    }
    assert.equal(engineArchive("win32", "x64"), undefined);
    assert.equal(ENGINE_DOWNLOADS, "https://github.com/pulumi/pulumi/releases/download/v3.220.0");
  });
});
