import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { databaseWish } from "../../../../infra/contract/database-wish";
import { databaseProgram } from "../../../../infra/sql/program";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";
import { record, settled } from "../recorded";

describe("the database program", () => {
  let scratch: ScratchFolder;
  beforeEach(() => {
    scratch = scratchFolder();
  });
  afterEach(() => scratch.remove());

  const run = (text: string) => {
    const file = path.join(scratch.folder, "wish.json");
    writeFileSync(file, text);
    pulumi.runtime.setAllConfig({ "sallyport:wishFile": file });
    return record(databaseProgram);
  };

  it("makes what the wish says", async () => {
    const wish = databaseWish("app", "18", { databases: [], privilegeRoles: [], logins: [] });
    const { recording, result } = await run(JSON.stringify(wish));
    assert.deepEqual(await settled(result["roles"] as pulumi.Output<string[]>), ["sallyport_canary"]);
    assert.deepEqual(
      recording.resources.filter(({ type }) => type.startsWith("postgresql:")).map(({ name }) => name),
      ["sallyport_canary"],
    );
  });

  it("refuses a wish with problems, all at once", async () => {
    await assert.rejects(run('{"v":2,"cluster":"app","major":"16"}'), (error: Error) => {
      assert.match(error.message, /wish\.json: v: seen 2; expected version 1/);
      assert.match(error.message, /wish\.json: major: seen "16"; expected a major version/);
      return true;
    });
  });
});
