import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../core/clock";
import { SallyportError } from "../../core/errors";
import type { Reporter } from "../../core/events";
import { ENGINE_VERSION, isAtLeast } from "./engine-version";
import { findOnPath } from "./find-on-path";
import { runProgram } from "./run-program";

/** What a build needs. */
export interface BuildOptions {
  /** The folder with our go.mod and go.sum: everything that is compiled is pinned there. */
  readonly moduleFolder: string;
  /** Where `pulumi` goes; made when missing. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
}

/** A Go that can build the engine, or why there is none. */
export type GoFound = { readonly go: string; readonly version: string } | { readonly why: string };

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
/** Without it `pulumi version` prints nothing, and the Automation API refuses the engine. */
const LDFLAGS = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${ENGINE_VERSION}`;
const OLDEST_GO = "1.25";
const TELL_EVERY_MS = 15_000;

/** Looks for Go 1.25 or newer on PATH. */
export async function findGo(env: BuildOptions["env"], signal?: AbortSignal): Promise<GoFound> {
  const go = await findOnPath("go", env);
  if (go === undefined) return { why: "no go on PATH" };
  // A go.mod in the caller's folder may ask for another toolchain: ask the installed one.
  const said = await runProgram(go, ["version"], {
    env: { ...env, GOTOOLCHAIN: "local" },
    ...(signal ? { signal } : {}),
  });
  if (said.code !== 0) return { why: `${go} version failed: ${said.output.trim()}` };
  const version = said.stdout.trim();
  return isAtLeast(version, OLDEST_GO) ? { go, version } : { why: `${go} is "${version}", not ${OLDEST_GO} or newer` };
}

/**
 * Builds the engine from Go modules into `folder` under a temporary name, then renames it. Everything is checked against our go.sum.
 * About four minutes cold, ten seconds with a warm build cache. What Go says is kept in `build.log` beside the folder.
 *
 * @throws SallyportError ENGINE_BUILD_FAILED with the end of Go's words and the log's path
 */
export async function buildEngine(go: string, options: BuildOptions): Promise<void> {
  const parent = path.dirname(options.folder);
  const scratch = path.join(parent, `.build-${process.pid}`);
  const log = path.join(parent, "build.log");
  const begun = options.clock.now();
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const telling = new AbortController();
  try {
    // A copy: Go may want to write beside go.mod, and the project's files stay as they are.
    for (const name of ["go.mod", "go.sum"])
      await copyFile(path.join(options.moduleFolder, name), path.join(scratch, name));
    void tellProgress(options, begun, telling.signal);
    const args = [
      "build",
      "-trimpath",
      "-mod=readonly",
      "-ldflags",
      LDFLAGS,
      "-o",
      path.join(scratch, "pulumi"),
      PACKAGE,
    ];
    const built = await runProgram(go, args, {
      cwd: scratch,
      env: { ...options.env, GOWORK: "off" },
      ...(options.signal ? { signal: options.signal } : {}),
    });
    await writeFile(log, built.output, { mode: 0o600 });
    if (built.code !== 0) throw buildFailed(built.output, log);
    await rename(path.join(scratch, "pulumi"), path.join(options.folder, "pulumi"));
  } finally {
    telling.abort();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function tellProgress({ clock, reporter }: BuildOptions, begun: number, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(TELL_EVERY_MS, signal);
      const ms = clock.now() - begun;
      const text = `still building the Pulumi engine (a few minutes, once per machine)`;
      reporter.report({ type: "engine.building", stage: "Engine", mark: "going", text, ms });
    }
  } catch {
    // Aborted: the build has ended.
  }
}

function buildFailed(output: string, log: string): SallyportError {
  const end = output.trim().split("\n").slice(-5).join("\n");
  return new SallyportError("ENGINE_BUILD_FAILED", {
    message: `Building Pulumi ${ENGINE_VERSION} failed: ${end}\nBuild log: ${log}`,
    likely: "The Go module proxy cannot be reached, or the disk is full.",
    values: { log },
  });
}
