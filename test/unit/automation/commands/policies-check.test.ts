import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../../../automation/commands/policies-check";
import { FakeClock } from "../../../support/fake-clock";
import { recordedContext, type RecordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const URN = "urn:pulumi:dev::app::aws:ec2/securityGroup:SecurityGroup::web";
const OPEN = { urn: URN, inputs: { ingress: [{ cidrBlocks: ["0.0.0.0/0"], protocol: "-1" }] } };

/** Every rule but the one that the tests look at is switched off. */
const ONE_RULE = { all: "disabled", "sg-no-world": "mandatory" };

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly context: RecordedContext;
}

const check = async (
  cwd: string,
  args: readonly string[],
  more: { env?: Record<string, string>; json?: boolean; config?: object; state?: object; now?: string } = {},
): Promise<Ran> => {
  const state = { version: 3, deployment: { resources: [OPEN], ...more.state } };
  writeFileSync(path.join(cwd, "state.json"), JSON.stringify(state));
  writeFileSync(path.join(cwd, "policies.json"), JSON.stringify(more.config ?? ONE_RULE));
  const clock = new FakeClock(Date.parse(more.now ?? "2027-01-31T12:00:00Z"));
  const context = recordedContext(cwd, { clock, env: more.env ?? {}, json: more.json ?? false });
  const code = await run(["--state", "state.json", "--config", "policies.json", ...args], context);
  return { code, out: context.out.join(""), context };
};

describe("sallyport policies check", () => {
  it("ends with 3 and names resource, mistake and fix when something mandatory was found", () =>
    inTemporaryFolder(async (cwd) => {
      const { code, out, context } = await check(cwd, []);
      assert.equal(code, 3);
      assert.match(out, /^✗ sg-no-world {2}web {2}aws:ec2\/securityGroup:SecurityGroup\n {4}ingress/);
      assert.match(out, /\n\n1 resource, 1 rule: \d mandatory, 0 advisory, 0 exempted\n$/);
      assert.deepEqual(context.err, [], "annotations are for GitHub alone");
    }));

  it("ends with 0 when it is advisory or exempted, and with 3 from the day after", () =>
    inTemporaryFolder(async (cwd) => {
      const advisory = await check(cwd, [], { config: { ...ONE_RULE, "sg-no-world": "advisory" } });
      assert.equal(advisory.code, 0);
      assert.match(advisory.out, /^! sg-no-world {2}web /);
      const exemptions = [{ resource: "web", reason: "it moves", until: "2027-01-31" }];
      const config = { ...ONE_RULE, "sg-no-world": { enforcementLevel: "mandatory", exemptions } };
      const exempted = await check(cwd, [], { config, now: "2027-01-31T23:59:59Z" });
      assert.equal(exempted.code, 0);
      assert.match(exempted.out, /^Exempted:\n {2}sg-no-world {2}web until 2027-01-31: it moves$/m);
      const ended = await check(cwd, [], { config, now: "2027-02-01T00:00:00Z" });
      assert.equal(ended.code, 3);
      assert.match(ended.out, /Its exemption ended on 2027-01-31\./);
    }));

  it("is one document with --json or --format json", () =>
    inTemporaryFolder(async (cwd) => {
      const asked = await check(cwd, [], { json: true });
      const answer = JSON.parse(asked.out) as Record<string, unknown>;
      assert.deepEqual([answer.ok, answer.exitCode, answer.from, answer.resources], [false, 3, "state.json", 1]);
      assert.equal((await check(cwd, ["--format", "json"])).out, asked.out);
    }));

  it("prints annotations or Markdown as the result when asked", () =>
    inTemporaryFolder(async (cwd) => {
      assert.match((await check(cwd, ["--format", "github"])).out, /^::error title=sg-no-world::web \(/);
      assert.match((await check(cwd, ["--format", "markdown"])).out, /^## Policies\n\n\| level /);
    }));

  it("in GitHub Actions annotates on stderr and adds to the job's summary", () =>
    inTemporaryFolder(async (cwd) => {
      const GITHUB_STEP_SUMMARY = path.join(cwd, "summary.md");
      writeFileSync(GITHUB_STEP_SUMMARY, "before\n");
      const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY };
      const { out, context } = await check(cwd, [], { env });
      assert.match(out, /^✗ sg-no-world/);
      assert.match(context.err.join(""), /^::error title=sg-no-world::web /);
      assert.match(readFileSync(GITHUB_STEP_SUMMARY, "utf8"), /^before\n## Policies\n[^]*\| sg-no-world \| web /);
      const again = await check(cwd, ["--format", "github"], { env });
      assert.deepEqual(again.context.err, [], "not a second time");
      const plain = await check(cwd, [], { env: { GITHUB_STEP_SUMMARY: path.join(cwd, "other.md") } });
      assert.deepEqual([plain.context.err, existsSync(path.join(cwd, "other.md"))], [[], false]);
    }));

  it("a summary that cannot be written is said, and the check stands", () =>
    inTemporaryFolder(async (cwd) => {
      mkdirSync(path.join(cwd, "folder"));
      const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "folder" };
      const { code, context } = await check(cwd, [], { env });
      assert.equal(code, 3);
      assert.deepEqual(
        context.events.map(({ text }) => text),
        ["the job's summary (GITHUB_STEP_SUMMARY) cannot be written"],
      );
    }));

  it("says what a killed run left open", () =>
    inTemporaryFolder(async (cwd) => {
      const state = { resources: [], pending_operations: [{ type: "creating", resource: { urn: URN } }] };
      const { code, context } = await check(cwd, [], { state });
      assert.equal(code, 0);
      assert.deepEqual(
        context.events.map(({ text }) => text),
        ["left open by a killed run, and not looked at: creating web (aws:ec2/securityGroup:SecurityGroup)"],
      );
    }));

  it("refuses two states, unknown formats and words that are no option", () =>
    inTemporaryFolder(async (cwd) => {
      const refused = (args: readonly string[], message: RegExp): Promise<void> =>
        assert.rejects(check(cwd, args), { code: "USAGE", exitCode: 2, message });
      await refused(["--stack", "dev"], /option '--stack <stack>' cannot be used with option '--state <file>'$/);
      await refused(["--format", "yaml"], /Allowed choices are text, json, github, markdown/);
      await refused(["prod"], /too many arguments/);
    }));
});
