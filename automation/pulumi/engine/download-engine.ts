import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { SallyportError } from "../../core/errors";
import type { Fetch } from "../../network/network-fetch";
import type { EngineArchive } from "./engine-version";
import { isExecutable } from "./find-on-path";
import { runProgram } from "./run-program";

/** What a download needs. */
export interface DownloadOptions {
  readonly archive: EngineArchive;
  /** The folder of the archives, without a slash at the end. */
  readonly baseUrl: string;
  /** Where the programs go; made when missing. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: Fetch;
  readonly signal?: AbortSignal;
}

/** Done, or why this way is closed. */
export type DownloadOutcome = { readonly ok: true } | { readonly ok: false; readonly why: string };

const UNREACHABLE = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED"]);

/**
 * Fetches the pinned official archive, compares its SHA-256 and unpacks it (`tar -xzf`, no shell) into `folder`; `pulumi` itself is
 * moved last, so that a folder with `pulumi` in it is complete. Tried against a loopback server with a right and a wrong archive;
 * not tried against the vendor's real site.
 *
 * @throws SallyportError ENGINE_CHECKSUM; what was downloaded is deleted
 */
export async function downloadEngine(options: DownloadOptions): Promise<DownloadOutcome> {
  const url = `${options.baseUrl}/${options.archive.file}`;
  const answer = await request(url, options);
  if ("why" in answer) return { ok: false, why: answer.why };
  const parent = path.dirname(options.folder);
  const file = path.join(parent, `.download-${process.pid}.tar.gz`);
  const unpacked = path.join(parent, `.unpack-${process.pid}`);
  try {
    await mkdir(unpacked, { recursive: true, mode: 0o700 });
    const seen = await save(answer.body, file, options.signal);
    if (seen !== options.archive.sha256) throw wrongChecksum(url, options.archive.sha256, seen);
    const tar = await runProgram("tar", ["-xzf", file, "-C", unpacked], options);
    if (tar.code !== 0)
      return { ok: false, why: `${options.archive.file} cannot be unpacked: ${lastLine(tar.output)}` };
    return await moveIn(path.join(unpacked, "pulumi"), options.folder);
  } finally {
    await rm(file, { force: true });
    await rm(unpacked, { recursive: true, force: true });
  }
}

type Answer = { readonly body: ReadableStream<Uint8Array> } | { readonly why: string };

async function request(url: string, { fetch, signal }: DownloadOptions): Promise<Answer> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (response.ok && response.body) return { body: response.body as ReadableStream<Uint8Array> };
    await response.body?.cancel();
    return { why: `${url} answered ${response.status}` };
  } catch (error) {
    signal?.throwIfAborted();
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    const code = cause?.code ?? "";
    return {
      why: UNREACHABLE.has(code)
        ? `${new URL(url).host} cannot be reached (${code})`
        : `${url}: ${cause?.message ?? (error as Error).message}`,
    };
  }
}

async function save(body: ReadableStream<Uint8Array>, file: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash("sha256");
  const source = Readable.fromWeb(body).on("data", (chunk: Buffer) => hash.update(chunk));
  await pipeline(source, createWriteStream(file, { mode: 0o600 }), signal ? { signal } : {});
  return hash.digest("hex");
}

async function moveIn(from: string, folder: string): Promise<DownloadOutcome> {
  if (!(await isExecutable(path.join(from, "pulumi")))) return { ok: false, why: "the archive holds no pulumi/pulumi" };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = (await readdir(from)).filter((name) => name !== "pulumi");
  for (const name of [...names, "pulumi"]) await rename(path.join(from, name), path.join(folder, name));
  return { ok: true };
}

function wrongChecksum(url: string, wanted: string, seen: string): SallyportError {
  return new SallyportError("ENGINE_CHECKSUM", {
    message: `${url} has SHA-256 ${seen}, not the pinned ${wanted}; it was deleted.`,
    likely: "The download was cut short or changed on its way.",
    values: { wanted, seen },
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
