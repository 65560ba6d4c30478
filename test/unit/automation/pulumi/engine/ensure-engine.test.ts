import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { ProgressEvent } from "../../../../../automation/core/events";
import type { SallyportError } from "../../../../../automation/core/errors";
import {
  defaultEngineCache,
  ensureEngine,
  type EnsureEngineOptions,
} from "../../../../../automation/pulumi/engine/ensure-engine";
import { FakeClock } from "../../../../support/fake-clock";
import { scratchFolder, type ScratchFolder } from "../../../../support/scratch-folder";

const unreachable: typeof fetch = () =>
  Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error("dns"), { code: "EAI_AGAIN" }) }));

describe("ensure engine", () => {
  let scratch: ScratchFolder;
  let events: ProgressEvent[];
  beforeEach(() => {
    scratch = scratchFolder();
    events = [];
  });
  afterEach(() => scratch.remove());
  const at = (...parts: string[]): string => path.join(scratch.folder, ...parts);
  const options = (more: Partial<EnsureEngineOptions> = {}): EnsureEngineOptions => ({
    // /bin and /usr/bin for tar, sh and env; node for nothing: versions are asked of scripts.
    env: { PATH: [at("bin"), "/usr/bin", "/bin"].join(path.delimiter) },
    cacheDir: at("cache"),
    clock: new FakeClock(),
    reporter: { report: (event) => void events.push(event) },
    consent: "yes",
    install: true,
    fetch: unreachable,
    baseUrl: "https://downloads.invalid/v",
    ...more,
  });
  /** A Go whose build is a script that calls itself Pulumi. */
  const fakeGo = (): string =>
    scratch.script(
      "bin/go",
      `if [ "$1" = version ]; then echo "go version go1.26.0 linux/amd64"; else printf '#!/bin/sh\\necho v3.220.0\\n' > "$7"; chmod 755 "$7"; fi`,
    );

  it("an engine on PATH is taken when it is new enough", async () => {
    const command = scratch.script("bin/pulumi", "echo v3.231.0");
    assert.deepEqual(await ensureEngine(options({ install: false })), {
      command,
      binFolder: at("bin"),
      version: "3.231.0",
      origin: "path",
    });
  });

  it("the cache comes next, and gets its helper programs", async () => {
    scratch.script("bin/pulumi", "echo v3.100.0");
    const command = scratch.script("cache/v3.220.0/pulumi", "echo v3.220.0");
    const engine = await ensureEngine(options({ install: false }));
    assert.deepEqual(engine, { command, binFolder: at("cache", "v3.220.0"), version: "3.220.0", origin: "cache" });
    assert.deepEqual(readdirSync(engine.binFolder).sort(), [
      ".said.json",
      "pulumi",
      "pulumi-analyzer-policy",
      "pulumi-language-nodejs",
    ]);
  });

  it("a download with the pinned checksum comes next", async () => {
    scratch.script("make/pulumi/pulumi", "echo v3.220.0");
    execFileSync("tar", ["-czf", at("e.tar.gz"), "-C", at("make"), "pulumi"]);
    const bytes = readFileSync(at("e.tar.gz"));
    const archive = { file: "e.tar.gz", sha256: createHash("sha256").update(bytes).digest("hex") };
    const asked: string[] = [];
    const fetch = async (url: string | URL | Request): Promise<Response> => {
      asked.push(url instanceof Request ? url.url : url.toString());
      return new Response(bytes);
    };
    const engine = await ensureEngine(options({ archive, fetch }));
    assert.deepEqual(
      [engine.origin, engine.version, asked],
      ["download", "3.220.0", ["https://downloads.invalid/v/e.tar.gz"]],
    );
    assert.equal((await ensureEngine(options())).origin, "cache");
  });

  it("an unreachable site falls through to the build; the second call finds the cache", async () => {
    fakeGo();
    assert.equal((await ensureEngine(options())).origin, "build");
    assert.deepEqual(
      events.map(({ type }) => type),
      ["engine.downloading", "engine.building", "engine.ready"],
    );
    assert.equal((await ensureEngine(options())).origin, "cache");
  });

  it("two callers at once install once", async () => {
    fakeGo();
    const clock = new FakeClock();
    const both = Promise.all([ensureEngine(options({ clock })), ensureEngine(options({ clock }))]);
    let done = false;
    void both.then(() => (done = true));
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(250);
    }
    assert.deepEqual((await both).map(({ origin }) => origin).sort(), ["build", "cache"]);
  });

  it("--no-install and a missing consent forbid making one, and nothing is fetched", async () => {
    fakeGo();
    const fetch = (): Promise<Response> => assert.fail("fetched");
    for (const [more, why] of [
      [{ install: false }, "forbidden by --no-install"],
      [{ consent: "no" }, "not agreed to"],
      [{ consent: async () => false }, "not agreed to"],
    ] as const) {
      await assert.rejects(ensureEngine(options({ fetch, ...more })), (error: SallyportError) => {
        assert.equal(error.code, "ENGINE_NOT_FOUND");
        assert.equal(
          error.message,
          `No Pulumi engine. Tried:\n- PATH: no pulumi\n- cache: no ${at("cache", "v3.220.0", "pulumi")}\n- download and build: ${why}`,
        );
        return true;
      });
    }
  });

  it("the question says what would happen", async () => {
    fakeGo();
    let asked = "";
    const consent = async (question: string): Promise<boolean> => {
      asked = question;
      return true;
    };
    await ensureEngine(options({ consent }));
    assert.equal(
      asked,
      "No Pulumi engine was found. Download Pulumi 3.220.0, or build it from Go modules, into the cache?",
    );
  });

  it("one error lists every way that was tried and why it was closed", async () => {
    const old = scratch.script("bin/pulumi", "echo v3.100.0");
    const env = { PATH: at("bin") };
    await assert.rejects(
      ensureEngine(options({ env, archive: { file: "e.tar.gz", sha256: "0" } })),
      (error: SallyportError) => {
        assert.equal(error.code, "ENGINE_NOT_FOUND");
        const lines = [
          `PATH: ${old} is "3.100.0", not 3.220.0 or newer`,
          `cache: no ${at("cache", "v3.220.0", "pulumi")}`,
          "download: downloads.invalid cannot be reached (EAI_AGAIN)",
          "build: no go on PATH",
        ];
        assert.equal(error.message, `No Pulumi engine. Tried:\n${lines.map((line) => `- ${line}`).join("\n")}`);
        return true;
      },
    );
  });

  it("the cache lies where the user keeps caches", () => {
    assert.equal(defaultEngineCache({}, "/home/jane"), "/home/jane/.cache/sallyport/engine");
    assert.equal(defaultEngineCache({ XDG_CACHE_HOME: "/fast" }, "/home/jane"), "/fast/sallyport/engine");
    assert.equal(
      defaultEngineCache({ XDG_CACHE_HOME: "relative" }, "/home/jane"),
      "/home/jane/.cache/sallyport/engine",
    );
  });
});
