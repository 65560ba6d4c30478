import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs } from "../../../infra/contract/outputs";
import { platformProgram } from "../../../infra/platform-program";
import { ACCESS_TEXT, ROOT, valueOf } from "./contract/sample";
import { record, settled } from "./recorded";

const CONFIG = {
  "aws:region": "eu-west-2",
  "sallyport:accessFile": join(ROOT, "access.yaml"),
  "sallyport:network": '{"cidr":"10.40.0.0/24"}',
  "sallyport:clusters":
    '{"app":{"engine":"aurora-postgresql","version":"16","databases":{"app":{"owner":"app_owner"}}}}',
};

describe("platform program", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sallyport-program-"));
  });

  after(() => {
    rmSync(folder, { recursive: true });
    pulumi.runtime.setAllConfig({});
  });

  const run = (config: Record<string, string>) => {
    pulumi.runtime.setAllConfig(config);
    return record(() => platformProgram());
  };

  it("makes the environment of configuration, stack name and access file, and exports one record", async () => {
    const { result } = await run(CONFIG);
    const outputs = valueOf(parseOutputs({ platform: await settled(result["platform"] as pulumi.Output<unknown>) }));
    assert.deepEqual([outputs.estate, outputs.environment, outputs.region], ["payments", "dev", "eu-west-2"]);
    assert.deepEqual(Object.keys(result), ["platform"]);
  });

  it("refuses a wrong configuration with all its problems, before it asks AWS for anything", async () => {
    const wrong = {
      "aws:region": "london",
      "sallyport:network": '{"cidr":"10.40.0.0/24","zones":9}',
      "sallyport:cluster": "{}",
    };
    await assert.rejects(run(wrong), (error: unknown) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.deepEqual(error.message.split("\n"), [
        'configuration: aws:region: seen "london"; expected the region of the environment, for example eu-west-2',
        "configuration: sallyport:network.zones: seen 9; expected 2 or 3 availability zones",
        "configuration: sallyport:clusters: seen nothing; expected an object of clusters",
        'configuration: sallyport:cluster: seen an unknown key; expected the key "sallyport:clusters": did you mean that?',
      ]);
      return true;
    });
  });

  it("refuses an access file that is missing, wrong, or does not fit the environment", async () => {
    const file = join(folder, "access.yaml");
    const config = { ...CONFIG, "sallyport:accessFile": file };
    await assert.rejects(run(config), {
      message: `cannot read ${file}: ENOENT: no such file or directory, open '${file}'`,
    });
    writeFileSync(file, ACCESS_TEXT.replace("estate: payments", "estate: Payments"));
    await assert.rejects(run(config), {
      message: `${file}: estate: seen "Payments"; expected a name of lower-case letters and digits that begins with a letter (no hyphen)`,
    });
    writeFileSync(file, ACCESS_TEXT.replace("app/app", "apps/app"));
    await assert.rejects(run(config), {
      message: `${file}: roles.developer.on["apps/app"]: seen the cluster "apps"; expected one of app; did you mean "app"?`,
    });
  });
});
