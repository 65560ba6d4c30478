import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { withGateJob } from "../../../../automation/commands/gate-job";
import type { ProgressEvent } from "../../../../automation/core/events";
import { gateFound } from "../../../../automation/runner/stack-child/gate";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const said = (policy: string, mandatory: boolean): ProgressEvent =>
  gateFound({
    policy,
    mandatory,
    severity: "high",
    pack: "sallyport",
    message: "Why.\nport 22 is open. Close it.",
    urn: "urn:pulumi:dev::app::a:b:C::web",
  });

describe("the gate in a job of GitHub Actions", () => {
  const inJob = (run: (cwd: string, context: ReturnType<typeof recordedContext>) => Promise<void>): Promise<void> =>
    inTemporaryFolder(async (cwd) => {
      const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: path.join(cwd, "summary.md") };
      await run(cwd, recordedContext(cwd, { env }));
    });

  it("hears what the rules said when they stopped the run, each finding once, and the run's own error stays", () =>
    inJob(async (cwd, context) => {
      const stopped = new Error("stopped");
      await assert.rejects(
        withGateJob(context, ({ reporter }) => {
          for (const event of [said("no-ssh", true), said("no-ssh", true), said("backups", false)])
            reporter.report(event);
          return Promise.reject(stopped);
        }),
        stopped,
      );
      assert.equal(
        context.err.join(""),
        "::error title=no-ssh::web (a:b:C): port 22 is open. Close it.\n" +
          "::warning title=backups::web (a:b:C): port 22 is open. Close it.\n",
      );
      assert.match(readFileSync(path.join(cwd, "summary.md"), "utf8"), /\n1 mandatory, 1 advisory\n$/);
      assert.equal(context.events.length, 3, "and everybody else hears it too");
    }));

  it("what the pack says of the run itself is no finding, and a gate that let all pass says so", () =>
    inJob(async (cwd, context) => {
      const value = await withGateJob(context, ({ reporter }) => {
        for (const event of [said("decided-at-apply", false), said("exemptions", false)]) reporter.report(event);
        return Promise.resolve(7);
      });
      assert.equal(value, 7);
      assert.match(readFileSync(path.join(cwd, "summary.md"), "utf8"), /Nothing found\.\n\n0 mandatory, 0 advisory\n$/);
    }));

  it("a run without a gate tells nothing", () =>
    inJob(async (_, context) => {
      await withGateJob(context, () => Promise.resolve());
      assert.deepEqual(context.err, []);
    }));
});
