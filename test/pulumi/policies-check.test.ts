import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as check from "../../automation/commands/policies-check";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { openStack } from "../../automation/pulumi/open-stack";
import { recordedContext } from "../support/recorded-context";
import { startToyProvider, type ToyProvider } from "./toy-provider";
import { makeStage, testEngine, type ToyStage } from "./toy-stack";

type Values = Record<string, unknown>;

/** A resource of AWS by its type token: the provider behind it makes anything. */
class Made extends pulumi.CustomResource {
  constructor(type: string, name: string, args: Values, options?: pulumi.CustomResourceOptions) {
    super(type, name, args, options);
  }
}

/** An open group, and a password that nobody may read; the cluster's encryption is a secret too. */
const program = async (): Promise<Values> => {
  const vpc = new Made("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  new Made("aws:ec2/securityGroup:SecurityGroup", "open", { vpcId: vpc.id, ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] });
  new Made("aws:rds/cluster:Cluster", "orders", {
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: pulumi.secret(true),
    masterPassword: pulumi.secret("hunter2-hunter2"),
  });
  return {};
};

interface Document {
  readonly exitCode: number;
  readonly findings: readonly { readonly rule: string; readonly resource: string; readonly level: string }[];
  readonly undecided: readonly { readonly rule: string; readonly what: readonly string[] }[];
  readonly resources: number;
}

describe("policies check on a stack that exists", function () {
  this.timeout(120_000);
  let engine: Engine;
  let toy: ToyProvider;
  let stage: ToyStage;

  before(async function () {
    this.timeout(600_000);
    engine = await testEngine();
    toy = await startToyProvider();
    stage = makeStage("policies-check");
    const env = stage.env(toy.attach.replace(/^toy:/, "aws:"));
    const settings = { engine, project: "toy", stack: "dev", workDir: stage.workDir, config: {}, env, program };
    await (await openStack(settings)).up();
  });
  after(async () => {
    await toy.close();
    stage.remove();
  });

  /** Without the passphrase: the state's secrets are not to be read. */
  const run = async (args: readonly string[]): Promise<{ code: number; said: string; document: Document }> => {
    const { PULUMI_CONFIG_PASSPHRASE_FILE: _passphrase, ...env } = stage.env("");
    const PATH = [engine.binFolder, env.PATH].join(path.delimiter);
    const context = recordedContext(stage.workDir, { env: { ...env, PATH }, json: true });
    const code = await check.run([...args], context);
    const said = [...context.out, ...context.err, JSON.stringify(context.events)].join("");
    return { code, said, document: JSON.parse(context.out.join("")) as Document };
  };

  it("names the mistake by --stack with exit code 3, and neither needs the passphrase nor says the password", async () => {
    const { code, said, document } = await run(["--stack", "dev"]);
    assert.equal(code, 3);
    assert.equal(document.exitCode, 3);
    const named = document.findings.map(({ rule, resource }) => `${rule} ${resource}`);
    assert.ok(named.includes("sg-no-world open"), named.join(", "));
    assert.equal(document.resources, 4, "the stack itself and three resources; no provider");
    assert.equal(said.includes("hunter2"), false);
    assert.equal(said.includes("ciphertext"), false);
  });

  it("a secret property is neither a pass nor a violation, it is undecided", async () => {
    const { document } = await run(["--stack", "dev"]);
    const open = document.undecided.find(({ rule }) => rule === "rds-encrypted");
    assert.deepEqual(open?.what, ["orders.storageEncrypted"]);
    assert.equal(
      document.findings.some(({ rule }) => rule === "rds-encrypted"),
      false,
    );
  });

  it("says the same of the exported file, with secrets in cipher or in plain text", async () => {
    const byStack = await run(["--stack", "dev"]);
    for (const more of [[], ["--show-secrets"]]) {
      const file = path.join(stage.folder, "state.json");
      const args = ["stack", "export", "--stack", "dev", "--file", file, ...more];
      execFileSync(engine.command, args, { cwd: stage.workDir, env: stage.env("") });
      assert.equal(readFileSync(file, "utf8").includes("hunter2"), more.length > 0);
      const byFile = await run(["--state", file]);
      assert.equal(byFile.code, 3);
      assert.deepEqual(byFile.document, { ...byStack.document, from: file });
      assert.equal(byFile.said.includes("hunter2"), false);
    }
  });

  it("passes with an exemption, which it names with its reason and day", async () => {
    const { document } = await run(["--stack", "dev"]);
    const mandatory = document.findings.filter(({ level }) => level === "mandatory");
    const entries = mandatory.map(({ rule, resource }) => [
      rule,
      { exemptions: [{ resource, reason: "made for a test", until: "9999-12-31" }] },
    ]);
    const file = path.join(stage.folder, "config.json");
    writeFileSync(file, JSON.stringify(Object.fromEntries(entries)));
    const exempted = await run(["--stack", "dev", "--config", file]);
    assert.equal(exempted.code, 0);
    assert.match(exempted.said, /"reason": "made for a test"/);
  });

  it("a stack that is not there ends with the engine's words", async () => {
    await assert.rejects(run(["--stack", "-nowhere"]), {
      code: "ENGINE_FAILED",
      message: /^export of -nowhere failed: .*-nowhere/,
    });
  });
});
