import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { approveInSandbox, readSandboxFile, type SandboxFile } from "../../../../automation/commands/login-as";
import { SallyportError } from "../../../../automation/core/errors";
import { recordedContext } from "../../../support/recorded-context";
import { FakeAws } from "../../../support/fake-aws";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const FILE = {
  endpointUrl: "http://127.0.0.1:1",
  controlToken: "control-token-1",
  identity: { startUrl: "https://s", region: "eu-west-1" },
  caBundle: "/ca.pem",
};
const APPROVAL = { userCode: "ABCD-EFGH", person: "jane" };
const never = new AbortController().signal;

describe("signing in to the sandbox", () => {
  it("reads the sandbox's file and makes its token a secret", () =>
    inTemporaryFolder((folder) => {
      mkdirSync(path.join(folder, ".sallyport", "sandbox"), { recursive: true });
      writeFileSync(path.join(folder, ".sallyport", "sandbox", "sandbox.json"), JSON.stringify({ ...FILE, pid: 1 }));
      const context = recordedContext(folder);
      assert.deepEqual(readSandboxFile(context), { ...FILE, people: [] });
      assert.equal(context.redactor.redact("control-token-1"), "«redacted»");
    }));

  for (const [what, text] of [
    ["missing", undefined],
    ["broken", "{"],
    ["of an endpoint elsewhere", JSON.stringify({ ...FILE, endpointUrl: "http://evil.example" })],
  ] as const) {
    it(`says that no sandbox runs when the file is ${what}`, () =>
      inTemporaryFolder((folder) => {
        mkdirSync(path.join(folder, ".sallyport", "sandbox"), { recursive: true });
        if (text !== undefined) writeFileSync(path.join(folder, ".sallyport", "sandbox", "sandbox.json"), text);
        assert.throws(() => readSandboxFile(recordedContext(folder)), { code: "SANDBOX_NOT_RUNNING", exitCode: 6 });
      }));
  }

  it("finds the sandbox on this machine although Node itself is told to use proxies", async () => {
    const aws = await FakeAws.start();
    aws.on("POST /_sandbox/device/approve", { json: {} });
    const file = path.resolve(__dirname, "../../../../automation/commands/login-as");
    const sandbox: SandboxFile = { ...FILE, endpointUrl: aws.url, people: [] };
    const program = `require(${JSON.stringify(file)})
      .approveInSandbox(${JSON.stringify(sandbox)}, ${JSON.stringify(APPROVAL)}, new AbortController().signal)
      .then(() => console.log("approved"), (error) => console.log(error.message));`;
    const proxy = "http://127.0.0.1:1";
    const child = spawn(process.execPath, ["-r", "ts-node/register", "-e", program], {
      cwd: path.resolve(__dirname, "../../../.."),
      env: { PATH: process.env.PATH ?? "", NODE_USE_ENV_PROXY: "1", HTTP_PROXY: proxy, HTTPS_PROXY: proxy },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    await once(child, "close");
    await aws.close();
    assert.equal(said, "approved\n");
  });

  it("tells a stranger, a refusal and a sandbox that is gone apart", async () => {
    const aws = await FakeAws.start();
    const sandbox: SandboxFile = { ...FILE, endpointUrl: aws.url, people: [] };
    aws.on("POST /_sandbox/device/approve", { json: {} });
    await approveInSandbox(sandbox, APPROVAL, never);
    assert.equal(aws.requests[0]?.headers.authorization, "Bearer control-token-1");
    assert.deepEqual(aws.requests[0].input, APPROVAL);
    aws.on("POST /_sandbox/device/approve", { status: 404 });
    await assert.rejects(approveInSandbox(sandbox, APPROVAL, never), { code: "SANDBOX_PERSON_UNKNOWN" });
    aws.on("POST /_sandbox/device/approve", { status: 401 });
    await assert.rejects(approveInSandbox(sandbox, APPROVAL, never), { code: "AUTH_DEVICE_REFUSED" });
    await aws.close();
    await assert.rejects(approveInSandbox(sandbox, APPROVAL, never), { code: "SANDBOX_NOT_RUNNING" });
    const reason = new SallyportError("INTERRUPTED", { message: "Interrupted." });
    await assert.rejects(approveInSandbox(sandbox, APPROVAL, AbortSignal.abort(reason)), reason);
  });
});
