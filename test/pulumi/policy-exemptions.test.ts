import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { SallyportError } from "../../automation/core/errors";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { violationText } from "../../automation/pulumi/violation-text";
import { foldEvent, emptyFold, type EngineEventLike, type EngineFold } from "../../automation/pulumi/engine-events";
import { openStack } from "../../automation/pulumi/open-stack";
import { EXEMPTIONS_POLICY } from "../../policies/to-policy";
import { ROOT } from "../support/source-files";
import { startToyProvider, type ToyProvider } from "./toy-provider";
import { makeStage, testEngine, type ToyStage } from "./toy-stack";

/** A resource of AWS by its type token: the provider behind it makes anything. */
class Made extends pulumi.CustomResource {
  constructor(type: string, name: string, args: Record<string, unknown>) {
    super(type, name, args);
  }
}

/** A group that is open to the world. */
const program = async (): Promise<Record<string, unknown>> => {
  new Made("aws:ec2/securityGroup:SecurityGroup", "legacy-web", {
    description: "an old shop",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  });
  return {};
};

const exemption = (resource: string, until: string) => ({ resource, reason: "behind the firewall", until });
const FAR = "2999-12-31";

describe("exemptions in the real engine", function () {
  this.timeout(120_000);
  let engine: Engine;
  let toy: ToyProvider;
  let stage: ToyStage;
  let fold: EngineFold;

  before(async function () {
    this.timeout(600_000);
    execFileSync(process.execPath, [path.join(ROOT, "automation", "build.mjs"), "policies"], { cwd: ROOT });
    engine = await testEngine();
    toy = await startToyProvider();
    stage = makeStage("exemptions");
  });
  beforeEach(() => void (fold = emptyFold));
  after(async () => {
    await toy.close();
    stage.remove();
  });

  const preview = async (exemptions: readonly object[]): Promise<void> => {
    const file = path.join(stage.workDir, "policies.json");
    const env = stage.env(toy.attach.replace(/^toy:/, "aws:"));
    const stack = await openStack({
      engine,
      project: "toy",
      stack: "dev",
      workDir: stage.workDir,
      config: {},
      env,
      program,
    });
    writeFileSync(file, JSON.stringify({ "sg-no-world": { exemptions } }));
    const onEvent = (event: unknown): void => void (fold = foldEvent(fold, event as EngineEventLike));
    await stack.preview({ policyPacks: [path.join(ROOT, "policies")], policyPackConfigs: [file], onEvent });
  };
  const said = (policy: string): string[] =>
    fold.policies.filter((each) => each.policy === policy).map((each) => violationText(each));

  it("let the run go on while they hold, are named at the end, and never count as passed", async () => {
    await preview([exemption("legacy-web", FAR), exemption("gone", FAR)]);
    assert.deepEqual(said("sg-no-world"), []);
    assert.deepEqual(said(EXEMPTIONS_POLICY), [
      `In force: sg-no-world for legacy-web until ${FAR} (behind the firewall). ` +
        `Nothing to exempt in this run: sg-no-world for gone until ${FAR}.`,
    ]);
    assert.equal(fold.rules.has("sg-no-world"), false);
  });

  it("stop the run once they ended, also where nothing is left to exempt", async () => {
    await assert.rejects(preview([exemption("legacy-web", "2026-01-31"), exemption("gone", "2026-01-31")]), {
      code: "POLICY_VIOLATION",
    });
    const words = said("sg-no-world");
    assert.equal(words.filter((each) => each.endsWith(" Its exemption ended on 2026-01-31.")).length, 1);
    assert.equal(words.filter((each) => each.startsWith("the exemption of gone ended on 2026-01-31. ")).length, 1);
  });

  it("are refused by the engine without a reason or a day, and with keys that are not known", async () => {
    const bad = [
      { resource: "legacy-web", until: FAR },
      { ...exemption("legacy-web", FAR), reason: " " },
      exemption("legacy-web", "soon"),
      { ...exemption("legacy-web", FAR), forever: true },
    ];
    await assert.rejects(preview(bad), ({ message }: SallyportError) => {
      const refused = [...message.matchAll(/sg-no-world: exemptions\.(.*)/g)].map(([, words = ""]) =>
        words.slice(0, 20),
      );
      assert.deepEqual(refused, [
        "0: reason is require",
        "1.reason: Does not m",
        "2.until: Does not ma",
        "3: Additional proper",
      ]);
      return true;
    });
    assert.deepEqual(fold.policies, []);
  });
});
