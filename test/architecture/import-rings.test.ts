import assert from "node:assert/strict";
import { importProblem } from "../support/import-rings";
import { importsOf, sourceFiles, sourceText } from "../support/source-files";

describe("import rings", () => {
  it("every import in infra, automation and policies points inwards", () => {
    const problems = sourceFiles(["infra", "automation", "policies"]).flatMap((file) =>
      importsOf(sourceText(file)).flatMap((imported) => importProblem(file, imported) ?? []),
    );
    assert.deepEqual(problems, []);
  });

  it("only automation/aws and the sandbox's own tests import the AWS SDK", () => {
    const users = sourceFiles(["infra", "automation", "policies"]).filter((file) =>
      importsOf(sourceText(file)).some((name) => name.startsWith("@aws-sdk/")),
    );
    assert.deepEqual(
      users.filter((file) => !file.startsWith("automation/aws/") && !file.startsWith("automation/auth/")),
      [],
    );
  });

  it("only automation/pulumi imports the Automation API", () => {
    const users = sourceFiles(["infra", "automation", "policies"]).filter((file) =>
      importsOf(sourceText(file)).includes("@pulumi/pulumi/automation"),
    );
    assert.deepEqual(
      users.filter((file) => !file.startsWith("automation/pulumi/")),
      [],
    );
  });

  it("a planted outward import is found", () => {
    assert.equal(
      importProblem("automation/core/errors.ts", "../door/open-door"),
      "automation/core/errors.ts imports automation/door/open-door: automation/core may import nothing of ours",
    );
    assert.equal(importProblem("automation/client/connect.ts", "../door/open-door"), undefined);
    assert.match(
      importProblem("automation/client/connect.ts", "../sandbox/account/estate") ?? "",
      /^automation\/client\/connect.ts imports automation\/sandbox/,
    );
    assert.equal(importProblem("automation/commands/policies-list.ts", "../../policies/library"), undefined);
    assert.match(
      importProblem("automation/commands/up.ts", "../../policies/library") ?? "",
      /^automation\/commands\/up\.ts imports policies\/library/,
    );
    assert.match(
      importProblem("infra/contract/names.ts", "../network/network") ?? "",
      /infra\/contract may import nothing of ours/,
    );
  });
});
