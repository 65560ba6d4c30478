import assert from "node:assert/strict";
import { version } from "../../../automation/version";
import { sourceText } from "../../support/source-files";

describe("version", () => {
  it("is the one in package.json", () => {
    assert.equal(version(), (JSON.parse(sourceText("package.json")) as { version: string }).version);
  });
});
