import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { tellGithub } from "../../../../automation/policy-report/github-job";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";
import { told } from "./made-report";

describe("a job of GitHub Actions", () => {
  it("hears of findings by annotations on stderr and by its summary, a relative one from the working folder", () =>
    inTemporaryFolder((cwd) => {
      const context = recordedContext(cwd, { env: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "summary.md" } });
      tellGithub({ findings: [told()], closing: "1 mandatory" }, context);
      assert.match(context.err.join(""), /^::error title=sg-no-world::web /);
      assert.match(readFileSync(path.join(cwd, "summary.md"), "utf8"), /\| sg-no-world \| web [^]*\n1 mandatory\n$/);
    }));

  it("without a file for it there is no summary", () =>
    inTemporaryFolder((cwd) => {
      const context = recordedContext(cwd, { env: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "" } });
      tellGithub({ findings: [told()], closing: "", annotate: false }, context);
      assert.deepEqual([context.err, context.events], [[], []]);
    }));

  it("anywhere else nothing happens", () =>
    inTemporaryFolder((cwd) => {
      const context = recordedContext(cwd, { env: { GITHUB_STEP_SUMMARY: "summary.md" } });
      tellGithub({ findings: [told()], closing: "" }, context);
      assert.deepEqual([context.err, existsSync(path.join(cwd, "summary.md"))], [[], false]);
    }));

  it("a summary that cannot be written is said and stops nothing", () =>
    inTemporaryFolder((cwd) => {
      mkdirSync(path.join(cwd, "folder"));
      const context = recordedContext(cwd, { env: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "folder" } });
      tellGithub({ findings: [], closing: "" }, context);
      assert.deepEqual(
        context.events.map(({ text }) => text),
        ["the job's summary (GITHUB_STEP_SUMMARY) cannot be written"],
      );
    }));
});
