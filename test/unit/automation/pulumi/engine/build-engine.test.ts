import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { silentReporter } from "../../../../../automation/core/events";
import type { SallyportError } from "../../../../../automation/core/errors";
import { buildEngine, findGo, type BuildOptions } from "../../../../../automation/pulumi/engine/build-engine";
import { FakeClock } from "../../../../support/fake-clock";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

describe("build engine", () => {
  let scratch: ScratchFolder;
  beforeEach(() => {
    scratch = scratchFolder();
    mkdirSync(at("module"));
    for (const name of ["go.mod", "go.sum"]) writeFileSync(at("module", name), name);
  });
  afterEach(() => scratch.remove());
  const at = (...parts: string[]): string => path.join(scratch.folder, ...parts);
  const options = (): BuildOptions => ({
    moduleFolder: at("module"),
    folder: at("cache", "v1"),
    env: { PATH: process.env.PATH },
    clock: new FakeClock(),
    reporter: silentReporter,
  });

  it("Go is found when new enough, else the reason is told", async () => {
    assert.deepEqual(await findGo({ PATH: "" }), { why: "no go on PATH" });
    const go = scratch.script("old/go", 'echo "go version go1.22.1 linux/amd64"');
    assert.deepEqual(await findGo({ PATH: at("old") }), {
      why: `${go} is "go version go1.22.1 linux/amd64", not 1.25 or newer`,
    });
    const fresh = scratch.script("new/go", 'echo "go version go1.25.0 linux/amd64"');
    assert.deepEqual(await findGo({ PATH: at("new") }), { go: fresh, version: "go version go1.25.0 linux/amd64" });
    const broken = scratch.script("broken/go", "echo no toolchain >&2; exit 1");
    assert.deepEqual(await findGo({ PATH: at("broken") }), { why: `${broken} version failed: no toolchain` });
  });

  it("builds the pinned package with its version from a copy of the module, and keeps nothing else", async () => {
    const go = scratch.script(
      "go",
      `echo "$GOWORK" "$@" > "${at("asked")}"; cat go.mod go.sum >> "${at("asked")}"; echo '#!/bin/sh' > "$7"; chmod 755 "$7"; echo compiled >&2`,
    );
    await buildEngine(go, options());
    const asked = readFileSync(at("asked"), "utf8");
    assert.match(
      asked,
      /^off build -trimpath -mod=readonly -ldflags -s -w -X github\.com\/pulumi\/pulumi\/sdk\/v3\/go\/common\/version\.Version=v3\.220\.0 -o \S+ github\.com\/pulumi\/pulumi\/pkg\/v3\/cmd\/pulumi\ngo\.modgo\.sum$/,
    );
    assert.deepEqual(readdirSync(at("cache")).sort(), ["build.log", "v1"]);
    assert.deepEqual(readdirSync(at("cache", "v1")), ["pulumi"]);
    assert.equal(readFileSync(at("cache", "build.log"), "utf8"), "compiled\n");
  });

  it("a failed build says the last words and where the log is", async () => {
    const go = scratch.script("go", "echo 'dial tcp: no route to host' >&2; exit 1");
    await assert.rejects(buildEngine(go, options()), (error: SallyportError) => {
      assert.equal(error.code, "ENGINE_BUILD_FAILED");
      assert.equal(
        error.message,
        `Building Pulumi 3.220.0 failed: dial tcp: no route to host\nBuild log: ${at("cache", "build.log")}`,
      );
      return true;
    });
    assert.equal(existsSync(at("cache", "v1", "pulumi")), false);
  });
});
