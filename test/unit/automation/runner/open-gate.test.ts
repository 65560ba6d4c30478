import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openGate } from "../../../../automation/runner/open-gate";
import { parseEnvironmentConfig } from "../../../../infra/contract/environment-config";
import { scratchFolder, type ScratchFolder } from "../../../support/scratch-folder";
import { accessOf, DEV_TEXT, valueOf } from "../../infra/contract/sample";

/** A pack with one rule, compiled as ours is. */
const LIBRARY = `exports.RULES = ["no-ssh"];
exports.readConfiguration = (rules, value) => {
  const problems = Object.keys(value).filter((key) => !rules.includes(key))
    .map((path) => ({ path, seen: "a rule that does not exist", expected: "one of " + rules }));
  return problems.length === 0 ? { ok: true, value: new Map() } : { ok: false, problems };
};`;

describe("opening the gate", () => {
  let scratch: ScratchFolder;
  beforeEach(() => (scratch = scratchFolder()));
  afterEach(() => scratch.remove());
  const open = (policies: Readonly<Record<string, unknown>>) => {
    mkdirSync(path.join(scratch.folder, "dist"));
    writeFileSync(path.join(scratch.folder, "dist", "library.js"), LIBRARY);
    const config = { ...valueOf(parseEnvironmentConfig(DEV_TEXT)), policies };
    return openGate(scratch.folder, { access: accessOf(), environment: { name: "dev", config }, environmentText: "" });
  };

  it("its configuration is read by the pack that will judge", () => {
    const gate = open({ "no-ssh": "advisory" });
    assert.equal(gate?.pack, scratch.folder);
    assert.equal(gate.configuration["no-ssh"], "advisory");
    assert.ok("sso-expected-reach" in gate.configuration);
  });

  it("what that pack does not know is refused before anything runs", () => {
    assert.throws(() => open({ "no-shh": "advisory" }), {
      code: "CONFIG_INVALID",
      message:
        "Pulumi.dev.yaml has 1 problem; nothing was changed.\n" +
        "Pulumi.dev.yaml: config.sallyport:policies.no-shh: seen a rule that does not exist; expected one of no-ssh",
    });
  });

  it("without a pack there is none", () => {
    const config = valueOf(parseEnvironmentConfig(DEV_TEXT));
    const files = { access: accessOf(), environment: { name: "dev", config }, environmentText: "" };
    assert.equal(openGate(undefined, files), undefined);
  });
});
