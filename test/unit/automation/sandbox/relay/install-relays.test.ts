import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { installRelays, relayFolder } from "../../../../../automation/sandbox/relay/install-relays";

describe("installing relays", () => {
  it("puts a script and its order where the engine looks, for the owner alone; again is no error", () => {
    const home = mkdtempSync(path.join(os.tmpdir(), "relays-"));
    try {
      const aws = { name: "aws", version: "7.48.0" };
      const packages = [aws, { name: "random", version: "4.21.2" }];
      installRelays(home, packages, { controlUrl: "http://127.0.0.1:1/_sandbox", token: "old" });
      installRelays(home, packages, { controlUrl: "http://127.0.0.1:2/_sandbox", token: "new" });
      const folder = path.join(home, "plugins", "resource-aws-v7.48.0");
      assert.equal(relayFolder(home, aws), folder);
      const mode = (file: string): string => (statSync(path.join(folder, file)).mode & 0o777).toString(8);
      assert.deepEqual([mode("."), mode("pulumi-resource-aws"), mode("relay.json")], ["700", "700", "600"]);
      assert.deepEqual(JSON.parse(readFileSync(path.join(folder, "relay.json"), "utf8")), {
        controlUrl: "http://127.0.0.1:2/_sandbox",
        token: "new",
        package: "aws",
        version: "7.48.0",
      });
      assert.match(
        readFileSync(path.join(home, "plugins", "resource-random-v4.21.2", "pulumi-resource-random"), "utf8"),
        /^#!\/usr\/bin\/env node\n/,
      );
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
