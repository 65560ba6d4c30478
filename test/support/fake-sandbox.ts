import { mkdirSync, writeFileSync } from "node:fs";
import type { SandboxFile } from "../../automation/sandbox/daemon/sandbox-file";
import { sandboxFolder, type SandboxFolder } from "../../automation/sandbox/daemon/sandbox-folder";

/** Makes a folder look as if a sandbox ran in it, whose process is this one and whose APIs answer at a test's server. */
export function pretendSandbox(
  cwd: string,
  endpointUrl: string,
  people: readonly string[] = ["jane@example.com"],
): { readonly folder: SandboxFolder; readonly file: SandboxFile } {
  const folder = sandboxFolder(cwd);
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  const file: SandboxFile = {
    version: 1,
    pid: process.pid,
    region: "eu-west-2",
    accounts: [
      { id: "000000000000", role: "workload" },
      { id: "000000000001", role: "identity" },
    ],
    endpointUrl,
    controlToken: "control-token-1",
    identity: { startUrl: "https://sallyport-sandbox.awsapps.com/start", region: "eu-west-1" },
    caBundle: `${folder.root}/ca-bundle.pem`,
    clusters: {},
    people,
    instances: [],
    documents: [],
  };
  writeFileSync(folder.sandboxFile, JSON.stringify(file), { mode: 0o600 });
  writeFileSync(folder.pidFile, JSON.stringify({ pid: process.pid, startedAt: performance.timeOrigin }), {
    mode: 0o600,
  });
  return { folder, file };
}
