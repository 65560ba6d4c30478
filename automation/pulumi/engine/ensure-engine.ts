import path from "node:path";
import type { Clock } from "../../core/clock";
import { SallyportError } from "../../core/errors";
import type { Reporter } from "../../core/events";
import type { Fetch } from "../../network/network-fetch";
import { buildEngine, findGo } from "./build-engine";
import { downloadEngine } from "./download-engine";
import { engineAssetsFolder } from "./engine-assets";
import {
  ENGINE_DOWNLOADS,
  ENGINE_VERSION,
  MINIMUM_ENGINE_VERSION,
  engineArchive,
  isAtLeast,
  type EngineArchive,
} from "./engine-version";
import { findOnPath, isExecutable } from "./find-on-path";
import { withFolderLock } from "./folder-lock";
import { placeHelpers } from "./helper-programs";
import { rememberedVersion } from "./remembered-version";
import { runProgram } from "./run-program";

/** A usable engine. */
export interface Engine {
  /** Absolute path of `pulumi`. */
  readonly command: string;
  readonly binFolder: string;
  /** As it says itself, without the `v`: `3.220.0`. */
  readonly version: string;
  readonly origin: "path" | "cache" | "download" | "build";
}

/** Whether an engine may be installed: told beforehand, or asked with a sentence that says what would happen. */
export type Consent = "yes" | "no" | ((question: string) => Promise<boolean>);

/** What `ensureEngine` needs. */
export interface EnsureEngineOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The cache of engines, a folder per version below it; see `defaultEngineCache`. */
  readonly cacheDir: string;
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly consent: Consent;
  /** `false` (`--no-install`) forbids downloading and building, whatever the consent. */
  readonly install: boolean;
  readonly signal?: AbortSignal;
  /** How archives are fetched; directly when left out. */
  readonly fetch?: Fetch;
  /** Where archives come from; the vendor's release assets when left out. */
  readonly baseUrl?: string;
  /** The pinned archive; that of this platform when left out, `null` for none. */
  readonly archive?: EngineArchive | null;
  readonly assetsFolder?: string;
}

/**
 * The user's cache of engines: `$XDG_CACHE_HOME/sallyport/engine`, or below `~/.cache`.
 *
 * @example
 * defaultEngineCache({}, "/home/jane") // "/home/jane/.cache/sallyport/engine"
 */
export function defaultEngineCache(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const base = env.XDG_CACHE_HOME;
  return path.join(
    base !== undefined && path.isAbsolute(base) ? base : path.join(home, ".cache"),
    "sallyport",
    "engine",
  );
}

/**
 * Finds a Pulumi engine or makes one: PATH (3.220.0 or newer) → cache → pinned download → build from Go modules (Go 1.25 or newer).
 * An unreachable download site falls through to the build at once.
 *
 * @throws SallyportError ENGINE_NOT_FOUND listing every way and why it was closed; ENGINE_CHECKSUM; ENGINE_BUILD_FAILED
 */
export async function ensureEngine(options: EnsureEngineOptions): Promise<Engine> {
  const closed: string[] = [];
  const folder = path.join(options.cacheDir, `v${ENGINE_VERSION}`);
  const found = (await onPath(options, folder, closed)) ?? (await inCache(options, folder, closed));
  if (found) return found;
  await askConsent(options, closed);
  const lock = path.join(options.cacheDir, `.v${ENGINE_VERSION}.lock`);
  const onWait = (pid: number): void =>
    say(options, "engine.waiting", `process ${pid} is installing the engine, waiting for it`);
  return withFolderLock(lock, { clock: options.clock, onWait, ...aborting(options) }, async () => {
    // Whoever held the lock may have made it meanwhile.
    return (await inCache(options, folder, [])) ?? (await install(options, folder, closed));
  });
}

async function onPath(options: EnsureEngineOptions, cache: string, closed: string[]): Promise<Engine | undefined> {
  const command = await findOnPath("pulumi", options.env, [path.resolve(cache)]);
  if (command === undefined) {
    closed.push("PATH: no pulumi");
    return undefined;
  }
  const said = await versionOf(command, options);
  if (isAtLeast(said, MINIMUM_ENGINE_VERSION)) return engine(command, said, "path");
  closed.push(`PATH: ${command} is "${said}", not ${MINIMUM_ENGINE_VERSION} or newer`);
  return undefined;
}

async function inCache(options: EnsureEngineOptions, folder: string, closed: string[]): Promise<Engine | undefined> {
  const command = path.join(folder, "pulumi");
  if (!(await isExecutable(command))) {
    closed.push(`cache: no ${command}`);
    return undefined;
  }
  const usable = (version: string): boolean => isAtLeast(version, MINIMUM_ENGINE_VERSION);
  const said = await rememberedVersion(command, () => versionOf(command, options), usable);
  if (!usable(said)) {
    closed.push(`cache: ${command} does not run: "${said}"`);
    return undefined;
  }
  await placeHelpers(folder, options.assetsFolder ?? engineAssetsFolder());
  return engine(command, said, "cache");
}

async function askConsent({ install, consent }: EnsureEngineOptions, closed: string[]): Promise<void> {
  if (!install) throw notFound([...closed, "download and build: forbidden by --no-install"]);
  const question = `No Pulumi engine was found. Download Pulumi ${ENGINE_VERSION}, or build it from Go modules, into the cache?`;
  const agreed = typeof consent === "function" ? await consent(question) : consent === "yes";
  if (!agreed) throw notFound([...closed, "download and build: not agreed to"]);
}

async function install(options: EnsureEngineOptions, folder: string, closed: string[]): Promise<Engine> {
  const assets = options.assetsFolder ?? engineAssetsFolder();
  const archive = options.archive === undefined ? engineArchive(process.platform, process.arch) : options.archive;
  let origin: Engine["origin"] = "download";
  const why = archive
    ? await download(options, folder, archive)
    : `no archive is pinned for ${process.platform}-${process.arch}`;
  if (why !== undefined) {
    closed.push(`download: ${why}`);
    const go = await findGo(options.env, options.signal);
    if ("why" in go) throw notFound([...closed, `build: ${go.why}`]);
    say(
      options,
      "engine.building",
      `building Pulumi ${ENGINE_VERSION} with ${go.version} (a few minutes, once per machine)`,
    );
    await buildEngine(go.go, { ...options, folder, moduleFolder: path.join(assets, "go-module") });
    origin = "build";
  }
  await placeHelpers(folder, assets);
  const command = path.join(folder, "pulumi");
  const said = await versionOf(command, options);
  if (!isAtLeast(said, MINIMUM_ENGINE_VERSION))
    throw notFound([...closed, `${origin}: ${command} does not run: "${said}"`]);
  say(options, "engine.ready", `Pulumi ${said} (${origin}) in ${folder}`, "done");
  return engine(command, said, origin);
}

/** Why the download is closed, or `undefined` when it is done. */
async function download(
  options: EnsureEngineOptions,
  folder: string,
  archive: EngineArchive,
): Promise<string | undefined> {
  const baseUrl = options.baseUrl ?? ENGINE_DOWNLOADS;
  say(options, "engine.downloading", `downloading Pulumi ${ENGINE_VERSION} from ${new URL(baseUrl).host}`);
  const done = await downloadEngine({
    archive,
    baseUrl,
    folder,
    env: options.env,
    fetch: options.fetch ?? fetch,
    ...aborting(options),
  });
  return done.ok ? undefined : done.why;
}

async function versionOf(command: string, options: EnsureEngineOptions): Promise<string> {
  const said = await runProgram(command, ["version"], {
    env: { ...options.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    ...aborting(options),
  });
  return (said.code === 0 ? said.stdout : said.output).trim().replace(/^v/, "");
}

const engine = (command: string, version: string, origin: Engine["origin"]): Engine => ({
  command,
  binFolder: path.dirname(command),
  version,
  origin,
});

const aborting = ({ signal }: EnsureEngineOptions): { signal?: AbortSignal } => (signal ? { signal } : {});

function say({ reporter }: EnsureEngineOptions, type: string, text: string, mark: "going" | "done" = "going"): void {
  reporter.report({ type, stage: "Engine", mark, text });
}

function notFound(closed: readonly string[]): SallyportError {
  return new SallyportError("ENGINE_NOT_FOUND", {
    message: `No Pulumi engine. Tried:\n${closed.map((line) => `- ${line}`).join("\n")}`,
  });
}
