import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { sandboxProject, type SandboxProject } from "../support/sandbox-project";

/** Every file below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Addresses that a process listens on: `/proc/net/tcp` by the inodes of its sockets (proc(5)). */
function listening(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [],
    ),
  );
  const rows = ["tcp", "tcp6"].flatMap((name) => readFileSync(`/proc/net/${name}`, "utf8").split("\n").slice(1));
  const LISTEN = "0A";
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN && inodes.has(fields[9] ?? ""))
    .map((fields) => fields[1]?.split(":")[0] ?? "");
}

/** One request to the sandbox with headers of our choice; answers its status. */
function ask(url: string, route: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(route, url), { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject).end();
  });
}

describe("secrets and reach of a sandbox with dev in it", function () {
  this.timeout(240_000);
  let project: SandboxProject;
  before(async () => {
    project = await sandboxProject("security", ["--up"]);
    assert.equal((await project.run("login", "--as", "jane@example.com")).code, 0);
  });
  after(() => project.stop());

  it("the master's password and the runner's key stand in no file of state or stack", async () => {
    const env = await project.environment("--pulumi");
    const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? "", secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "" };
    const outputs = JSON.parse((await project.runner("outputs")).stdout) as {
      clusters: { app: { masterSecretArn: string } };
    };
    const client = new SecretsManagerClient({
      region: "eu-west-2",
      endpoint: project.contract().endpointUrl,
      credentials,
    });
    const secret = await client.send(new GetSecretValueCommand({ SecretId: outputs.clusters.app.masterSecretArn }));
    const { password } = JSON.parse(secret.SecretString ?? "") as { password: string };
    assert.ok(password.length >= 16);
    const files = [
      ...filesBelow(path.join(project.folder, ".sallyport", "stacks")),
      ...filesBelow(path.join(project.folder, ".sallyport", "sandbox", "state")),
    ];
    assert.ok(files.length > 3);
    for (const file of files) {
      const text = readFileSync(file, "latin1");
      for (const forbidden of [password, credentials.secretAccessKey])
        assert.equal(text.includes(forbidden), false, file);
    }
  });

  it("what is private is 0600, in folders of 0700", () => {
    const at = (...parts: string[]): string => path.join(project.folder, ".sallyport", ...parts);
    for (const file of [
      at("sandbox", "sandbox.json"),
      at("sandbox", "passphrase"),
      at("client", "sign-in.json"),
      at("stacks", "dev", "snapshot.json"),
    ]) {
      assert.equal(statSync(file).mode & 0o777, 0o600, file);
    }
    for (const folder of [at("sandbox"), at("client"), at("stacks", "dev")])
      assert.equal(statSync(folder).mode & 0o777, 0o700, folder);
  });

  it("the sandbox listens on loopback alone, and no argument of its process is a secret", () => {
    const { pid, controlToken } = project.contract();
    const addresses = listening(pid);
    assert.ok(addresses.length > 0);
    // 127.0.0.1 in the byte order of /proc/net/tcp.
    assert.deepEqual([...new Set(addresses)], ["0100007F"]);
    assert.equal(readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(controlToken), false);
  });

  it("control needs the token; a web page and a rebound name get nothing", async () => {
    const { endpointUrl, controlToken } = project.contract();
    const bearer = { authorization: `Bearer ${controlToken}` };
    const status = (headers: Record<string, string>): Promise<number> => ask(endpointUrl, "/_sandbox/status", headers);
    assert.equal(await status(bearer), 200);
    assert.equal(await status({}), 401);
    assert.equal(await status({ authorization: "Bearer wrong" }), 401);
    assert.equal(await status({ ...bearer, origin: "https://evil.example" }), 403);
    assert.equal(await status({ ...bearer, host: "evil.example" }), 403);
    assert.equal(await ask(endpointUrl, "/assignment/accounts", { host: "evil.example" }), 403);
  });

  it("no run prints a token: neither the sign-in's nor the database's", async () => {
    const run = await project.run("connect", "--role", "developer", "--command", "select 1", "--debug");
    const { accessToken } = JSON.parse(
      readFileSync(path.join(project.folder, ".sallyport", "client", "sign-in.json"), "utf8"),
    ) as { accessToken: string };
    assert.equal(run.code, 0, run.stderr);
    for (const forbidden of [accessToken, "X-Amz-Signature", project.contract().controlToken])
      assert.equal(`${run.stdout}${run.stderr}`.includes(forbidden), false, forbidden);
  });
});
