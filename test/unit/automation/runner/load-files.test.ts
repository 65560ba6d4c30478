import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadFiles } from "../../../../automation/runner/load-files";
import { projectPaths } from "../../../../automation/runner/project-paths";
import { ROOT, sourceText } from "../../../support/source-files";

describe("loadFiles", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-files-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("reads the committed files", async () => {
    const files = await loadFiles(projectPaths(ROOT, "dev"), "dev");
    assert.deepEqual(
      [files.access.estate, files.environment.name, files.environment.config.region],
      ["payments", "dev", "eu-west-2"],
    );
  });

  it("reports the problems of both files at once, with paths, and says that nothing was changed", async () => {
    writeFileSync(
      path.join(folder, "access.yaml"),
      sourceText("access.yaml").replace("estate: payments", "estate: Pay-ments").replace('"000000000001"', "1"),
    );
    writeFileSync(path.join(folder, "Pulumi.dev.yaml"), sourceText("Pulumi.dev.yaml").replace("zones: 2", "zonen: 2"));
    await assert.rejects(loadFiles(projectPaths(folder, "dev"), "dev"), (error: Error & { code?: string }) => {
      assert.equal(error.code, "CONFIG_INVALID");
      const lines = error.message.split("\n");
      assert.match(
        lines[0] ?? "",
        /^access\.yaml has 2 problems, Pulumi\.dev\.yaml has \d problems?; nothing was changed\.$/,
      );
      for (const place of [
        "access.yaml: estate",
        "access.yaml: identity.account",
        "Pulumi.dev.yaml: config.sallyport:network",
      ])
        assert.ok(
          lines.some((line) => line.startsWith(place)),
          place,
        );
      return true;
    });
  });

  it("names every file that is missing", async () => {
    const [access, environment] = [path.join(folder, "access.yaml"), path.join(folder, "Pulumi.dev.yaml")];
    await assert.rejects(loadFiles(projectPaths(folder, "dev"), "dev"), {
      code: "CONFIG_NOT_FOUND",
      message: `${access} and ${environment} cannot be read.`,
    });
    writeFileSync(access, "estate: payments");
    await assert.rejects(loadFiles(projectPaths(folder, "dev"), "dev"), { message: `${environment} cannot be read.` });
  });
});
