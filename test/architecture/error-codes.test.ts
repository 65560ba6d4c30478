import assert from "node:assert/strict";
import { errorsPage } from "../../automation/core/errors-page";
import { ERROR_CODES } from "../../automation/core/error-codes";
import { sourceFiles, sourceText } from "../support/source-files";

describe("error codes", () => {
  const sources = sourceFiles(["automation"]).filter((file) => file !== "automation/core/error-codes.ts");
  const text = sources.map(sourceText).join("\n");
  const tests = sourceFiles(["test"]).map(sourceText).join("\n");

  it("every registered code is raised somewhere", () => {
    assert.deepEqual(
      Object.keys(ERROR_CODES).filter((code) => !text.includes(`"${code}"`)),
      [],
    );
  });

  it("every registered code stands in a test", () => {
    assert.deepEqual(
      Object.keys(ERROR_CODES).filter((code) => !tests.includes(code)),
      [],
    );
  });

  it("ERRORS.md is what the registry generates", () => {
    assert.equal(sourceText("ERRORS.md"), errorsPage(), "run: npm run docs");
  });
});
