import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { foldEvent, emptyFold, type EngineEventLike, type EngineFold } from "../../automation/pulumi/engine-events";
import { violationText } from "../../automation/pulumi/violation-text";
import { RULES } from "../../policies/pack";
import { EXEMPTIONS_POLICY, UNDECIDED_POLICY } from "../../policies/to-policy";
import { ROOT } from "../support/source-files";
import { builtPack } from "./gated-stack";
import { startToyProvider, type ToyProvider } from "./toy-provider";
import { makeStage, testEngine, type ToyStage } from "./toy-stack";

const EXAMPLE = path.join(ROOT, "test", "examples", "own-estate");

/** What AWS adds to what was asked for, as far as the program and the rules read it; its provider tells each id among the outputs. */
const MADE: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:rds/instance:Instance": {
    address: "shop.c1abcdefghij.eu-west-2.rds.amazonaws.com",
    resourceId: "db-SHOPSHOPSHOP",
  },
  "aws:rds/subnetGroup:SubnetGroup": { name: "data-0a1b2c3" },
  "aws:rds/parameterGroup:ParameterGroup": { name: "shop-0a1b2c3" },
  "aws:iam/role:Role": { name: "bastion-0a1b2c3" },
  "aws:iam/instanceProfile:InstanceProfile": { name: "bastion-0a1b2c3" },
  "aws:ssoadmin/permissionSet:PermissionSet": { arn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1" },
};

interface End {
  readonly code: number;
  readonly said: string;
  readonly fold: EngineFold;
}

describe("a program of another house, as its people run it", function () {
  this.timeout(120_000);
  let engine: Engine;
  let toy: ToyProvider;
  let stage: ToyStage;
  let folder: string;
  let untouched: string;

  before(async function () {
    this.timeout(600_000);
    builtPack();
    engine = await testEngine();
    toy = await startToyProvider((type, id) => ({ ...MADE[type], id }));
    stage = makeStage("own-estate");
    // A copy, for the engine writes the stack's settings beside the program.
    folder = path.join(stage.folder, "estate");
    cpSync(EXAMPLE, folder, { recursive: true });
    // The exemption's day is not ours to wait for.
    const settings = path.join(folder, "policy-config.json");
    writeFileSync(settings, readFileSync(settings, "utf8").replace(/"until": ".{10}"/, '"until": "2999-12-31"'));
    assert.equal((await pulumi("stack", "init", "dev")).code, 0);
    untouched = readFileSync(path.join(folder, "Pulumi.dev.yaml"), "utf8");
  });
  // `--config` is kept there by the engine.
  beforeEach(() => writeFileSync(path.join(folder, "Pulumi.dev.yaml"), untouched));
  after(async () => {
    await toy.close();
    stage.remove();
  });

  const pulumi = (...args: readonly string[]): Promise<Omit<End, "fold">> => {
    const env: Record<string, string> = {
      ...stage.env(toy.attach.replace(/^toy:/, "aws:")),
      PULUMI_NODEJS_TRANSPILE_ONLY: "true", // the repository's own check of types reads the program too
      NODE_COMPILE_CACHE: path.join(stage.folder, "compiled"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DEBUG_COMMANDS: "true", // for --event-log
    };
    const PATH = [engine.binFolder, path.dirname(process.execPath), env.PATH ?? ""].join(path.delimiter);
    return new Promise((resolve) =>
      execFile(
        engine.command,
        [...args, "--non-interactive"],
        { cwd: folder, env: { ...env, PATH } },
        (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), said: `${out}${err}` }),
      ),
    );
  };
  const gated = async (...args: readonly string[]): Promise<End> => {
    const log = path.join(folder, "events.jsonl");
    rmSync(log, { force: true });
    const pack = ["--policy-pack", path.join(ROOT, "policies")];
    const end = await pulumi(...args, "--stack", "dev", ...pack, "--event-log", log);
    const lines = readFileSync(log, "utf8").split("\n").filter(Boolean);
    const fold = lines.reduce((sofar, line) => foldEvent(sofar, JSON.parse(line) as EngineEventLike), emptyFold);
    return { ...end, fold };
  };
  const CONFIGURED = ["--policy-pack-config", "policy-config.json"];
  const named = ({ fold }: End, mandatory: boolean): string[] =>
    fold.policies
      .filter((each) => each.mandatory === mandatory)
      .map(({ policy, urn }) => `${policy} ${urn?.split("::").at(-1)}`)
      .sort();

  it("without settings, is told each thing that this house does otherwise", async () => {
    const end = await gated("preview");
    assert.equal(end.code, 255, end.said);
    assert.deepEqual(named(end, true), [
      "db-reach-only-bastion shop",
      "ec2-no-keypair mailer",
      "logs-retention shop-iam-db-auth-error",
      "logs-retention shop-postgresql",
      "net-no-default-route operators-out",
      "net-no-igw internet",
      "sg-bastion-egress-allowlist bastion-to-endpoints",
      "sg-db-ingress-only-bastion database-from-app",
      "vpce-required bastion",
      "vpce-required bastion",
    ]);
    assert.deepEqual(named(end, false), [
      "db-alarm shop",
      `${UNDECIDED_POLICY} own-estate-dev`,
      "net-flow-logs shop",
      "net-no-nat app-out",
      "trail-required shop",
    ]);
  });

  it("with its settings, is stopped for the one shortcut past the bastion that somebody asks for", async () => {
    const end = await gated("preview", ...CONFIGURED, "--config", "estate:shortcut=203.0.113.0/24");
    assert.equal(end.code, 255, end.said);
    assert.deepEqual(named(end, true), [
      "db-reach-only-bastion database-from-office",
      "sg-db-ingress-only-bastion database-from-office",
    ]);
    const [reached] = end.fold.policies.filter(({ policy }) => policy === "db-reach-only-bastion");
    assert.match(
      violationText(reached ?? { message: "" }),
      /^cidrIpv4 admits addresses, whatever stands there\. Give it a group of its own/,
    );
    assert.equal(JSON.stringify(end.fold.policies).includes("203.0.113"), false);
  });

  it("with its settings, is made: nothing is against it, nothing stays open, and what is let pass is named", async () => {
    const end = await gated("up", "--yes", "--skip-preview", ...CONFIGURED);
    assert.equal(end.code, 0, end.said);
    assert.deepEqual(
      end.fold.policies.map((each) => `${each.policy}: ${violationText(each)}`),
      [
        `${EXEMPTIONS_POLICY}: In force: ec2-no-keypair for mailer until 2999-12-31 ` +
          "(The vendor's appliance is entered by a key until its next release).",
      ],
    );
    // All that looked have passed; these are switched off, or about things that this house does not have.
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !end.fold.rules.has(id)),
      [
        "net-no-nat",
        "vpce-private-dns",
        "vpce-sg-explicit",
        "vpce-no-ec2messages",
        "net-lt-no-public-ip",
        "rds-proxy-tls",
        "rds-http-endpoint",
        "iam-no-access-keys",
        "sso-expected-reach",
        "sso-no-managed-admin",
        "kms-rotation",
      ],
    );
    assert.equal(toy.things.size, 53);
  });
});
