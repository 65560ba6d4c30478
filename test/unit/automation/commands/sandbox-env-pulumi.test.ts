import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pulumiLines, saltLine, withSalt } from "../../../../automation/commands/sandbox-env-pulumi";
import { FakeAws } from "../../../support/fake-aws";
import { pretendSandbox } from "../../../support/fake-sandbox";
import { recordedContext } from "../../../support/recorded-context";
import { inTemporaryFolder } from "../../../support/temporary-folder";

describe("variables for Pulumi by hand", () => {
  it("name engine, stack and a copy of the settings; the stack is made once, the committed file stays as it is", () =>
    inTemporaryFolder(async (cwd) => {
      const server = await FakeAws.start();
      try {
        server.on("GET /_sandbox/runner", {
          json: { accessKeyId: "AKIA1", secretAccessKey: "runner-secret", region: "eu-west-2" },
        });
        const { folder } = pretendSandbox(cwd, server.url);
        const bin = path.join(cwd, "bin");
        mkdirSync(bin);
        // An engine that notes its arguments and makes the stack's file, as the real one does.
        const stacks = path.join(folder.backend, ".pulumi", "stacks", "sallyport");
        writeFileSync(
          path.join(bin, "pulumi"),
          `#!/bin/sh\n[ "$1" = version ] && echo v3.220.0 && exit\necho "$@" "$PULUMI_STACK" >> '${cwd}/calls'\nmkdir -p '${stacks}' && touch '${stacks}/dev.json'\n`,
        );
        chmodSync(path.join(bin, "pulumi"), 0o755);
        await assert.rejects(pulumiLines(recordedContext(cwd, { env: { PATH: `${bin}:/bin:/usr/bin` } })), {
          code: "CONFIG_NOT_FOUND",
        });
        writeFileSync(path.join(cwd, "Pulumi.dev.yaml"), "config: {}\n");
        const copy = path.join(cwd, ".sallyport", "stacks", "dev", "Pulumi.dev.yaml");
        for (let round = 0; round < 2; round += 1) {
          const lines = await pulumiLines(recordedContext(cwd, { env: { PATH: `${bin}:/bin:/usr/bin` } }));
          assert.match(lines, /^export AWS_ACCESS_KEY_ID='AKIA1'$/m);
          assert.match(lines, /^export PULUMI_STACK='dev'$/m);
          assert.ok(lines.includes(`export PULUMI_OPTION_CONFIG_FILE='${copy}'\n`));
          assert.match(lines, /\nexport PATH='[^']*\/bin:[^']*node_modules\/\.bin':"\$PATH"\n$/);
          assert.equal(
            readFileSync(copy, "utf8"),
            round === 0 ? "config: {}\n" : "config: {}\nencryptionsalt: v1:abc\n",
          );
          writeFileSync(copy, "encryptionsalt: v1:abc\nconfig: {}\n");
        }
        assert.equal(readFileSync(path.join(cwd, "calls"), "utf8"), "stack init dev --non-interactive \n");
        assert.equal(readFileSync(path.join(cwd, "Pulumi.dev.yaml"), "utf8"), "config: {}\n");
      } finally {
        await server.close();
      }
    }));

  it("a salt of the settings' own wins", () => {
    assert.equal(saltLine("config: {}\nencryptionsalt: v1:x\n"), "encryptionsalt: v1:x");
    assert.equal(saltLine("config:\n  encryptionsalt: x\n"), "");
    assert.equal(withSalt("encryptionsalt: v1:own\n", "encryptionsalt: v1:old"), "encryptionsalt: v1:own\n");
    assert.equal(withSalt("a: b", "encryptionsalt: v1:old"), "a: b\nencryptionsalt: v1:old\n");
    assert.equal(withSalt("a: b", ""), "a: b");
  });
});
