import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import os from "node:os";
import path from "node:path";
import type { SallyportError } from "../../automation/core/errors";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { violationText } from "../../automation/pulumi/violation-text";
import { PACK_NAME, RULES } from "../../policies/pack";
import { UNDECIDED_POLICY } from "../../policies/to-policy";
import { ROOT } from "../support/source-files";
import { builtPack, gatedStack, type GatedStack } from "./gated-stack";
import { FORMS, forms } from "./policy-programs/forms";
import { good, STRICT } from "./policy-programs/good";
import { hidden, shared } from "./policy-programs/hidden";
import { mistakes, PLANTED, SETTINGS } from "./policy-programs/mistakes";
import { testEngine } from "./toy-stack";

describe("policy pack", function () {
  this.timeout(120_000);
  let engine: Engine;
  let stack: GatedStack;

  before(async function () {
    this.timeout(600_000);
    builtPack();
    engine = await testEngine();
  });
  beforeEach(async () => void (stack = await gatedStack("policies", engine)));
  afterEach(() => stack.close());

  const resourcesByRule = (): Record<string, string[]> => {
    const found: Record<string, string[]> = {};
    for (const { policy, urn } of stack.fold().policies) (found[policy] ??= []).push(urn?.split("::").at(-1) ?? "");
    for (const resources of Object.values(found)) resources.sort();
    return found;
  };
  const named = (mandatory: boolean): string[] =>
    stack
      .fold()
      .policies.filter((rule) => rule.mandatory === mandatory)
      .map((rule) => `${rule.policy} ${rule.urn?.split("::").at(-1)}`)
      .sort();

  it("starts as fast as the SDK lets it: the compiled pack asks for the policy SDK and no provider's", () => {
    const compiled = readFileSync(path.join(ROOT, "policies", "dist", "index.js"), "utf8");
    const outside = [...compiled.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? "");
    assert.deepEqual([...new Set(outside.filter((name) => !isBuiltin(name)))], ["@pulumi/policy"]);
  });

  it("keeps what Node compiled for its next start, though the engine ends it by a signal", async () => {
    const kept = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
    const run = path.join(ROOT, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack", "index.js");
    const analyzer = spawn(process.execPath, [run, "127.0.0.1:1", builtPack()], {
      env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: kept },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      await once(analyzer.stdout, "data");
    } finally {
      analyzer.kill("SIGKILL");
      await once(analyzer, "exit");
    }
    const files = readdirSync(kept, { recursive: true });
    rmSync(kept, { recursive: true });
    assert.ok(files.length > 100, `${files.length} files are kept`);
  });

  it("names every planted mistake at preview, makes nothing, and prints no password", async () => {
    await assert.rejects(stack.run("preview", mistakes, SETTINGS), (error: SallyportError) => {
      assert.equal(error.code, "POLICY_VIOLATION");
      assert.equal(error.message.includes("hunter2"), false);
      return true;
    });
    const { [UNDECIDED_POLICY]: _open, ...found } = resourcesByRule();
    assert.deepEqual(found, PLANTED);
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !(id in PLANTED)),
      ["ssm-doc-host-known"],
    );
    for (const { policy, mandatory, pack } of stack.fold().policies) {
      const rule = RULES.find(({ id }) => id === policy);
      assert.deepEqual([mandatory, pack], [rule?.level === "mandatory", PACK_NAME], policy);
    }
    assert.equal(JSON.stringify(stack.fold()).includes("hunter2"), false);
    assert.equal(stack.toy.things.size, 0);
  });

  it("names the same mistake in every form that it can be written in", async () => {
    const hosts = { "ssm-doc-host-known": { hosts: ["orders.internal"] } };
    await assert.rejects(stack.run("preview", forms, hosts), { code: "POLICY_VIOLATION" });
    const found = resourcesByRule();
    for (const [rule, resources] of Object.entries(FORMS)) assert.deepEqual(found[rule], resources, rule);
    assert.equal(JSON.stringify(stack.fold()).includes("hunter2"), false);
  });

  it("a level that is configured acts: switched off, advisory, mandatory", async () => {
    const off = Object.fromEntries(Object.keys(PLANTED).map((rule) => [rule, "disabled"]));
    await stack.run("preview", mistakes, { ...SETTINGS, ...off, "rds-encrypted": "advisory" });
    assert.deepEqual([named(true), named(false)], [[], [`${UNDECIDED_POLICY} toy-dev`, "rds-encrypted orders"]]);
    await assert.rejects(stack.run("preview", mistakes, { ...off, "rds-backups": { enforcementLevel: "mandatory" } }), {
      code: "POLICY_VIOLATION",
    });
    assert.deepEqual(named(true), ["rds-backups orders", "rds-backups reports"]);
  });

  it("a setting of another type is refused before anything is looked at", async () => {
    await assert.rejects(
      stack.run("preview", good, { "rds-backups": { minimumDays: "seven" } }),
      (error: SallyportError) => {
        assert.equal(error.code, "ENGINE_FAILED");
        assert.match(error.message, /rds-backups: minimumDays: Invalid type\. Expected: integer, given: string/);
        return true;
      },
    );
    assert.deepEqual(stack.fold().policies, []);
  });

  it("has nothing to say about a good program, with every rule mandatory, though ids are not known yet", async () => {
    await stack.run("preview", good, STRICT);
    assert.deepEqual(stack.fold().policies, []);
    const looked = stack.fold().rules;
    await stack.run("up", good, STRICT);
    assert.deepEqual(stack.fold().policies, []);
    assert.deepEqual([...looked].sort(), [...stack.fold().rules].sort(), "nothing waited for the apply");
    // What this program has nothing of.
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !looked.has(id)),
      [
        "net-lt-no-public-ip",
        "rds-proxy-tls",
        "iam-no-access-keys",
        "sso-expected-reach",
        "sso-data-channel",
        "sso-no-managed-admin",
        "sso-inline-size",
        "sso-ps-name",
        "sso-ps-session",
        "sso-assign-group",
      ],
    );
  });

  it("finds at preview, by where values come from, what reaches a database", async () => {
    await assert.rejects(stack.run("preview", shared), { code: "POLICY_VIOLATION" });
    const found = resourcesByRule();
    assert.deepEqual(found["db-reach-only-bastion"], ["shop"]);
    assert.deepEqual(found["sg-db-ingress-only-bastion"], ["from-web"]);
    // What stays open is where the database stands, which this program does not say.
    const [open] = stack
      .fold()
      .policies.filter(({ policy }) => policy === UNDECIDED_POLICY)
      .map(violationText);
    assert.doesNotMatch(open ?? "", /db-reach-only-bastion|sg-db-ingress/);
  });

  it("names once what it cannot decide at preview, counts no such rule as passed, and stops the apply before the resource", async () => {
    await stack.run("preview", hidden);
    assert.deepEqual(named(true), []);
    assert.deepEqual(named(false), [`${UNDECIDED_POLICY} toy-dev`]);
    const open: readonly (readonly [rule: string, place: string])[] = [
      ["iam-no-wildcards", "connect.policy"],
      ["net-bastion-no-public-ip", "server.associatePublicIpAddress"],
      ["ssm-doc-port-pinned", "document.content"],
      ["sso-connect-scoped", "connect.policy"],
      ["sso-no-unsupported-conditions", "connect.policy"],
      ["sso-own-sessions", "connect.policy"],
      ["sso-startsession-scoped", "connect.policy"],
    ];
    assert.equal(
      violationText(stack.fold().policies[0] ?? { message: "" }),
      `Cannot be decided until apply: ${open.map((each) => each.join(": ")).join("; ")}.`,
    );
    // The engine's account of what looked and passed.
    assert.deepEqual(
      open.filter(([rule]) => stack.fold().rules.has(rule)),
      [],
    );

    await assert.rejects(stack.run("up", hidden), { code: "POLICY_VIOLATION" });
    assert.deepEqual([...stack.toy.things.keys()], ["thing-1"], "the vpc alone was made");
    assert.ok(named(true).length > 0);
  });
});
