import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkedSource, type CheckedSource, type SourceOptions } from "../../../../automation/commands/policies-source";
import { ROOT } from "../../../support/source-files";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

/** An engine of a few lines: answers its version, and an export that names arguments and folder as a resource. */
const ENGINE = `#!${process.execPath}
const args = process.argv.slice(2);
if (args[0] === "version") console.log("v3.220.0");
else {
  const urn = "urn:pulumi:dev::app::aws:ec2/vpc:Vpc::" + args.join(" ");
  console.log(JSON.stringify({ version: 3, deployment: { resources: [{ urn, inputs: { cwd: process.cwd() } }] } }));
}
`;

const inProject = (
  test: (cwd: string, read: (options?: Partial<SourceOptions>) => Promise<CheckedSource>) => Promise<void>,
) =>
  inTemporaryFolder(async (cwd) => {
    mkdirSync(path.join(cwd, "bin"));
    writeFileSync(path.join(cwd, "bin", "pulumi"), ENGINE, { mode: 0o755 });
    for (const file of ["access.yaml", "Pulumi.dev.yaml"]) copyFileSync(path.join(ROOT, file), path.join(cwd, file));
    const context = recordedContext(cwd, { env: { PATH: path.join(cwd, "bin") } });
    await test(cwd, (options) => checkedSource({ env: "dev", install: false, ...options }, context));
  });

const asked = ({ state }: CheckedSource): unknown[] => state.resources.map(({ name, inputs }) => [name, inputs.cwd]);

describe("what policies check looks at", () => {
  it("a stack is asked for in the caller's folder, by the rules' own levels", () =>
    inProject(async (cwd, read) => {
      const source = await read({ stack: "org/shop/prod" });
      assert.deepEqual(asked(source), [["stack export --stack=org/shop/prod --non-interactive", cwd]]);
      assert.equal(source.from, "org/shop/prod");
      assert.deepEqual(source.configuration.get("sso-expected-reach")?.settings, {});
    }));

  it("an environment is the runner's stack where it has been, else the project's", () =>
    inProject(async (cwd, read) => {
      assert.deepEqual(asked(await read()), [["stack export --stack=dev --non-interactive", cwd]]);
      const workDir = path.join(cwd, ".sallyport", "stacks", "dev", "sallyport");
      mkdirSync(workDir, { recursive: true });
      writeFileSync(path.join(workDir, "Pulumi.yaml"), "name: sallyport\n");
      const source = await read();
      assert.deepEqual(asked(source), [["stack export --stack=dev --non-interactive", workDir]]);
      assert.equal(source.from, "sallyport/dev");
    }));

  it("an environment is checked as its gate is configured, access files included, unless a file is given", () =>
    inProject(async (cwd, read) => {
      const { configuration } = await read();
      assert.deepEqual(Object.keys(configuration.get("sso-expected-reach")?.settings ?? {}), ["expectedReach"]);
      const config = path.join(cwd, "policies.json");
      writeFileSync(config, JSON.stringify({ all: "advisory" }));
      const other = await read({ config });
      assert.deepEqual(other.configuration.get("sso-expected-reach")?.settings, {});
      assert.equal(other.configuration.get("sg-no-world")?.level, "advisory");
    }));

  it("bad files are refused before the engine is looked for", () =>
    inTemporaryFolder(async (cwd) => {
      const context = recordedContext(cwd, { env: { XDG_CACHE_HOME: cwd } });
      const read = (more: Partial<SourceOptions>): Promise<unknown> =>
        checkedSource({ env: "dev", install: false, ...more }, context);
      await assert.rejects(read({}), { code: "CONFIG_NOT_FOUND" });
      await assert.rejects(read({ stack: "dev", config: "none.json" }), { code: "POLICY_CONFIG_INVALID" });
      await assert.rejects(read({ state: "none.json" }), { code: "STATE_INVALID" });
      await assert.rejects(read({ stack: "dev" }), { code: "ENGINE_NOT_FOUND" });
    }));
});
