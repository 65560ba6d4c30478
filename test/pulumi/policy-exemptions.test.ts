import assert from "node:assert/strict";
import type { SallyportError } from "../../automation/core/errors";
import { violationText } from "../../automation/pulumi/violation-text";
import { EXEMPTIONS_POLICY } from "../../policies/to-policy";
import { builtPack, gatedStack, type GatedStack } from "./gated-stack";
import { Made, type Program } from "./policy-programs/made";
import { testEngine } from "./toy-stack";

/** A group that is open to the world. */
const program: Program = async () => {
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
  let stack: GatedStack;

  before(async function () {
    this.timeout(600_000);
    builtPack();
    stack = await gatedStack("exemptions", await testEngine());
  });
  after(() => stack.close());

  const preview = (exemptions: readonly object[]): Promise<void> =>
    stack.run("preview", program, { "sg-no-world": { exemptions } });
  const said = (policy: string): string[] =>
    stack
      .fold()
      .policies.filter((each) => each.policy === policy)
      .map((each) => violationText(each));

  it("let the run go on while they hold, are named at the end, and never count as passed", async () => {
    await preview([exemption("legacy-web", FAR), exemption("gone", FAR)]);
    assert.deepEqual(said("sg-no-world"), []);
    assert.deepEqual(said(EXEMPTIONS_POLICY), [
      `In force: sg-no-world for legacy-web until ${FAR} (behind the firewall). ` +
        `Nothing to exempt in this run: sg-no-world for gone until ${FAR}.`,
    ]);
    assert.equal(stack.fold().rules.has("sg-no-world"), false);
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
    assert.deepEqual(stack.fold().policies, []);
  });
});
