import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { SallyportError } from "../../../../../automation/core/errors";
import { downloadEngine, type DownloadOptions } from "../../../../../automation/pulumi/engine/download-engine";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

describe("download engine", () => {
  let scratch: ScratchFolder;
  let server: Server;
  let archive: Buffer;
  let baseUrl: string;
  beforeEach(async () => {
    scratch = scratchFolder();
    scratch.script("make/pulumi/pulumi", "echo v3.220.0");
    scratch.script("make/pulumi/pulumi-language-nodejs", "echo official");
    execFileSync("tar", ["-czf", at("engine.tar.gz"), "-C", at("make"), "pulumi"]);
    archive = readFileSync(at("engine.tar.gz"));
    server = createServer((request, response) => {
      response.statusCode = request.url === "/v/engine.tar.gz" ? 200 : 404;
      response.end(request.url === "/v/engine.tar.gz" ? archive : "no");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v`;
    mkdirSync(at("cache"));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    scratch.remove();
  });
  const at = (...parts: string[]): string => path.join(scratch.folder, ...parts);
  const options = (more: Partial<DownloadOptions> = {}): DownloadOptions => ({
    archive: { file: "engine.tar.gz", sha256: createHash("sha256").update(archive).digest("hex") },
    baseUrl,
    folder: at("cache", "v1"),
    env: { PATH: process.env.PATH },
    fetch,
    ...more,
  });

  it("the right archive is unpacked with everything in it, and nothing else is left", async () => {
    assert.deepEqual(await downloadEngine(options()), { ok: true });
    assert.deepEqual(readdirSync(at("cache", "v1")).sort(), ["pulumi", "pulumi-language-nodejs"]);
    assert.equal(execFileSync(at("cache", "v1", "pulumi"), { encoding: "utf8" }), "v3.220.0\n");
    assert.deepEqual(readdirSync(at("cache")), ["v1"]);
  });

  it("a wrong archive is refused with both checksums and deleted", async () => {
    const wanted = "0".repeat(64);
    await assert.rejects(
      downloadEngine(options({ archive: { file: "engine.tar.gz", sha256: wanted } })),
      (error: SallyportError) => {
        assert.equal(error.code, "ENGINE_CHECKSUM");
        assert.equal(
          error.message,
          `${baseUrl}/engine.tar.gz has SHA-256 ${options().archive.sha256}, not the pinned ${wanted}; it was deleted.`,
        );
        return true;
      },
    );
    assert.deepEqual(readdirSync(at("cache")), []);
  });

  it("an unresolvable host, a closed port and a bad answer are reasons, not errors", async () => {
    const lost: typeof fetch = () =>
      Promise.reject(
        new TypeError("fetch failed", { cause: Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }) }),
      );
    assert.deepEqual(await downloadEngine(options({ fetch: lost, baseUrl: "https://downloads.invalid" })), {
      ok: false,
      why: "downloads.invalid cannot be reached (ENOTFOUND)",
    });
    const missing = options({ archive: { file: "other.tar.gz", sha256: "0" } });
    assert.deepEqual(await downloadEngine(missing), { ok: false, why: `${baseUrl}/other.tar.gz answered 404` });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const closed = await downloadEngine(options());
    assert.deepEqual(closed, { ok: false, why: `${new URL(baseUrl).host} cannot be reached (ECONNREFUSED)` });
    assert.equal(existsSync(at("cache", "v1")), false);
  });

  it("an archive without the program is a reason", async () => {
    execFileSync("tar", ["-czf", at("engine.tar.gz"), "-C", at("make", "pulumi"), "pulumi"]);
    archive = readFileSync(at("engine.tar.gz"));
    assert.deepEqual(await downloadEngine(options()), { ok: false, why: "the archive holds no pulumi/pulumi" });
  });

  it("an abort is passed on", async () => {
    await assert.rejects(downloadEngine(options({ signal: AbortSignal.abort(new Error("enough")) })), {
      message: "enough",
    });
  });
});
