import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readCaBundle } from "../../../../automation/network/ca-bundle";
import { makeAuthority } from "../../../support/made-certificates";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const NEXT = "set AWS_CA_BUNDLE to a readable PEM file, or unset it";

describe("AWS_CA_BUNDLE", () => {
  it("answers every certificate of the file, relative to the folder of the command", async () => {
    const [one, other] = [(await makeAuthority()).ca, (await makeAuthority()).ca];
    await inTemporaryFolder((folder) => {
      writeFileSync(path.join(folder, "ca.pem"), `# company\n${one}\n# and the other\r\n${other}`);
      assert.deepEqual(readCaBundle("ca.pem", folder), [one.trim(), other.trim()]);
      assert.deepEqual(readCaBundle(path.join(folder, "ca.pem"), "/"), [one.trim(), other.trim()]);
    });
  });

  it("names the file that is missing, a folder, without a certificate or damaged", async () => {
    const good = (await makeAuthority()).ca;
    await inTemporaryFolder((folder) => {
      mkdirSync(path.join(folder, "folder"));
      writeFileSync(path.join(folder, "empty.pem"), "");
      writeFileSync(path.join(folder, "damaged.pem"), `${good}${good.replace(/\n(.{20})/, "\n!!")}`);
      for (const [file, what] of [
        ["none.pem", "FILE cannot be read (ENOENT)"],
        ["folder", "FILE cannot be read (EISDIR)"],
        ["empty.pem", "FILE holds no certificate"],
        ["damaged.pem", "certificate 2 of FILE is damaged"],
      ] as const)
        assert.throws(() => readCaBundle(file, folder), {
          code: "NETWORK_SETTINGS_INVALID",
          exitCode: 2,
          message: `AWS_CA_BUNDLE: ${what.replace("FILE", path.join(folder, file))}.`,
          next: NEXT,
        });
    });
  });
});
