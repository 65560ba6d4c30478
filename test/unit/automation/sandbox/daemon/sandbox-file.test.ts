import assert from "node:assert/strict";
import { statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  readSandboxFile,
  SandboxFileKeeper,
  type SandboxFile,
} from "../../../../../automation/sandbox/daemon/sandbox-file";
import { inTemporaryFolder } from "../../../../support/temporary-folder";

const CONTENT: SandboxFile = {
  version: 1,
  pid: 7,
  region: "eu-west-2",
  accounts: [{ id: "000000000000", role: "workload" }],
  endpointUrl: "http://127.0.0.1:1",
  controlToken: "token",
  identity: { startUrl: "https://sandbox.example/start", region: "eu-west-1" },
  caBundle: "/ca.pem",
  clusters: {},
  people: ["jane@example.com"],
  instances: [],
  documents: [],
};

describe("sandbox.json", () => {
  it("is written 0600 and read back", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "sandbox.json");
      new SandboxFileKeeper(file).write(CONTENT);
      assert.deepEqual(readSandboxFile(file), CONTENT);
      assert.equal(statSync(file).mode & 0o777, 0o600);
    }));

  it("is touched only when something changed", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "sandbox.json");
      const keeper = new SandboxFileKeeper(file);
      keeper.write(CONTENT);
      utimesSync(file, 1, 1);
      keeper.write({ ...CONTENT });
      assert.equal(statSync(file).mtimeMs, 1000);
      keeper.write({ ...CONTENT, instances: ["i-1"] });
      assert.deepEqual(readSandboxFile(file)?.instances, ["i-1"]);
      keeper.remove();
      assert.equal(readSandboxFile(file), undefined);
      keeper.write(CONTENT);
      assert.deepEqual(readSandboxFile(file), CONTENT);
    }));

  it("of another version, broken or missing is none", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "sandbox.json");
      assert.equal(readSandboxFile(file), undefined);
      for (const text of ["{", '{"version":2}']) {
        writeFileSync(file, text);
        assert.equal(readSandboxFile(file), undefined, text);
      }
    }));
});
