import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { installedPackages } from "../../../../../automation/sandbox/daemon/package-versions";
import { ROOT } from "../../../../support/source-files";

describe("versions of the relayed packages", () => {
  it("are those of package.json", () => {
    const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    assert.deepEqual(
      installedPackages((name) => require.resolve(name)),
      [
        { name: "aws", version: dependencies["@pulumi/aws"] },
        { name: "postgresql", version: dependencies["@pulumi/postgresql"] },
        { name: "random", version: dependencies["@pulumi/random"] },
      ],
    );
  });

  it("a package that is not there is named", () => {
    assert.throws(() => installedPackages(() => "/nowhere/at/all.js"), /^Error: @pulumi\/aws is not installed$/);
  });
});
