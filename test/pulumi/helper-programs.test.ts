import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Engine } from "../../automation/pulumi/engine/ensure-engine";
import { placeHelpers } from "../../automation/pulumi/engine/helper-programs";
import { engineAssetsFolder } from "../../automation/pulumi/engine/engine-assets";
import { startToyProvider, type ToyProvider } from "./toy-provider";
import { makeStage, testEngine, type ToyStage } from "./toy-stack";

/** Runs a command to its end without blocking this process, which serves the provider. */
function run(
  command: string,
  args: string[],
  cwd: string,
  env: Record<string, string>,
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, output }));
  });
}

describe("helper programs of a self-built engine", function () {
  this.timeout(60_000);
  let engine: Engine;
  let toy: ToyProvider;
  let stage: ToyStage;

  before(async function () {
    this.timeout(600_000);
    engine = await testEngine();
  });
  beforeEach(async () => {
    toy = await startToyProvider();
    stage = makeStage("helpers");
    mkdirSync(stage.workDir);
    const files = {
      "Pulumi.yaml": "name: toy\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config:\n  toy:shape: { sides: 3 }\n",
      "package.json": JSON.stringify({ name: "toy", main: "index.ts" }),
      "tsconfig.json": JSON.stringify({
        compilerOptions: { module: "nodenext", moduleResolution: "nodenext" },
        "ts-node": { transpileOnly: true },
      }),
      "label.ts": 'export const label: string = "by-hand";\n',
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
import { label } from "./label";
if (process.env.TOY_BREAK) throw new pulumi.RunError("this program breaks");
const shape = new pulumi.Config("toy").requireObject<{ sides: number }>("shape");
class Thing extends pulumi.CustomResource { constructor() { super("toy:index:Thing", label, { label, sides: shape.sides }); } }
new Thing();
export const seen = { project: pulumi.getProject(), stack: pulumi.getStack(), sides: shape.sides };
`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(stage.workDir, name), text);
  });
  afterEach(async () => {
    await toy.close();
    stage.remove();
  });

  const pulumi = (args: string[], more: Record<string, string> = {}): ReturnType<typeof run> => {
    const env: Record<string, string> = { ...stage.env(toy.attach), PULUMI_SKIP_UPDATE_CHECK: "true", ...more };
    const PATH = [engine.binFolder, path.dirname(process.execPath), env.PATH].join(path.delimiter);
    return run(engine.command, [...args, "--non-interactive", "--stack", "dev"], stage.workDir, { ...env, PATH });
  };

  it("a TypeScript program with a relative import runs by hand: preview, up, nothing more to do", async () => {
    await pulumi(["stack", "init"]);
    const preview = await pulumi(["preview"]);
    assert.equal(preview.code, 0, preview.output);
    assert.match(preview.output, /toy:index:Thing\s+by-hand\s+create/);
    const up = await pulumi(["up", "--yes", "--skip-preview"]);
    assert.equal(up.code, 0, up.output);
    assert.deepEqual([...toy.things.values()], [{ label: "by-hand", sides: 3 }]);
    const outputs = await pulumi(["stack", "output", "--json"]);
    assert.deepEqual(JSON.parse(outputs.output), { seen: { project: "toy", stack: "dev", sides: 3 } });
    assert.equal((await pulumi(["preview", "--expect-no-changes"])).code, 0);
  });

  it("an error that the program reported itself is not reported twice", async () => {
    await pulumi(["stack", "init"]);
    const preview = await pulumi(["preview"], { TOY_BREAK: "1" });
    assert.notEqual(preview.code, 0);
    // The engine tells it once as progress and once in its list of diagnostics.
    const diagnostics = preview.output.slice(preview.output.indexOf("Diagnostics:"));
    assert.equal(diagnostics.match(/this program breaks/g)?.length, 1, preview.output);
    assert.equal(preview.output.includes("non-zero exit code"), false, preview.output);
  });

  it("the analyzer runs the SDK of the pack with the engine's arguments", async () => {
    const sdk = path.join(stage.folder, "pack", "node_modules", "@pulumi", "pulumi");
    mkdirSync(path.join(sdk, "cmd", "run-policy-pack"), { recursive: true });
    writeFileSync(path.join(sdk, "package.json"), '{"name":"@pulumi/pulumi","version":"0.0.0"}');
    writeFileSync(
      path.join(sdk, "cmd", "run-policy-pack", "index.js"),
      "console.log(JSON.stringify(process.argv.slice(2)))",
    );
    const bin = path.join(stage.folder, "bin");
    mkdirSync(bin);
    await placeHelpers(bin, engineAssetsFolder());
    const pack = path.join(stage.folder, "pack");
    const ran = await run(path.join(bin, "pulumi-analyzer-policy"), ["127.0.0.1:1", pack], pack, stage.env(toy.attach));
    assert.deepEqual([ran.code, JSON.parse(ran.output)], [0, ["127.0.0.1:1", pack]]);
  });

  it("a program without the SDK is told what to do", async () => {
    const bin = path.join(stage.folder, "bin");
    mkdirSync(bin);
    await placeHelpers(bin, engineAssetsFolder());
    for (const program of ["pulumi-language-nodejs", "pulumi-analyzer-policy"]) {
      const ran = await run(path.join(bin, program), ["127.0.0.1:1", "/"], "/", stage.env(toy.attach));
      assert.equal(ran.code, 1);
      assert.match(ran.output, new RegExp(`^${program}: @pulumi/pulumi is not installed at or above / \\(node v\\d+`));
    }
  });
});
