import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { ROOT, sourceFiles, sourceText } from "../support/source-files";

const tracked = (): string[] =>
  execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).split("\n").filter(Boolean);

// The guard and the relay are programs of their own, sent as text.
describe("the repository", () => {
  it("package-lock.json names no download address", () => {
    assert.equal(/"resolved": *"http/.test(sourceText("package-lock.json")), false);
  });

  it("the six given packages are dependencies, and every package has its reason in CONTRIBUTING.md", () => {
    const manifest = JSON.parse(sourceText("package.json")) as Record<
      "dependencies" | "devDependencies" | "optionalDependencies",
      Record<string, string>
    >;
    const names = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap((group) =>
      Object.keys(group),
    );
    for (const given of ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/postgresql", "@pulumi/random", "mocha", "ts-node"])
      assert.ok(names.includes(given), given);
    const page = sourceText("CONTRIBUTING.md");
    assert.deepEqual(
      names.filter(
        (name) =>
          !page.includes(`\`${name}\``) &&
          !page.includes(`\`${name.replace(/-(linux|darwin)-(x64|arm64)$|\/(linux|darwin)-(x64|arm64)$/, "")}`),
      ),
      [],
    );
  });

  it("the top level holds only what the plan names", () => {
    const top = new Set(tracked().map((file) => file.split("/")[0] ?? ""));
    const allowed =
      /^(\..*|infra|automation|policies|test|Pulumi\.yaml|Pulumi\.[a-z]+\.yaml|access\.yaml|package(-lock)?\.json|tsconfig\.json|eslint\.config\.mjs|LICENSE|[A-Z]+\.md)$/;
    assert.deepEqual(
      [...top].filter((name) => !allowed.test(name)),
      [],
    );
  });

  it("product code never turns certificate checks off, opens a shell or writes a literal partition", () => {
    const product = sourceFiles(["infra", "automation"]).filter((file) => !file.startsWith("automation/sandbox/"));
    const bad = product.filter((file) =>
      /rejectUnauthorized:\s*false|shell:\s*true|["'`]arn:aws:/.test(sourceText(file)),
    );
    assert.deepEqual(bad, []);
  });

  it("time, environment and exit codes are read in the shells alone", () => {
    const shells =
      /^automation\/(cli|core\/clock|sandbox\/daemon\/main|sandbox\/postgres\/guard|sandbox\/relay\/relay-program|runner\/stack-child\/main)\.ts$/;
    const bad = sourceFiles(["infra", "automation"]).filter(
      (file) =>
        !shells.test(file) &&
        /\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(|\bprocess\.(exit\(|exitCode|env\b)/.test(
          sourceText(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""),
        ),
    );
    assert.deepEqual(bad, []);
  });
});
