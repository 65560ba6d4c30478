import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const SOURCE = path.join(__dirname, "reference-plugin");
const PROGRAM = "github.com/aws/session-manager-plugin/src/sessionmanagerplugin-main";

/**
 * AWS's own session-manager-plugin, built from its published source (the version stands in `reference-plugin/go.mod`) into the
 * machine's cache at the first use; the folder that holds it, for PATH. Throws where Go or the module proxy is not to be had: never skips.
 */
export function referencePlugin(): string {
  const pinned = createHash("sha256")
    .update(readFileSync(path.join(SOURCE, "go.sum")))
    .digest("hex")
    .slice(0, 12);
  const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
  const folder = path.join(cache, "sallyport", "tools", `session-manager-plugin-${pinned}`);
  const program = path.join(folder, "session-manager-plugin");
  if (existsSync(program)) return folder;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  try {
    const env = { ...process.env, GOFLAGS: "-mod=mod -buildvcs=false", CGO_ENABLED: "0" };
    execFileSync("go", ["build", "-o", unfinished, PROGRAM], { cwd: SOURCE, stdio: "pipe", env });
  } catch (cause) {
    throw new Error("the session-manager-plugin could not be built: Go and a module proxy are needed", { cause });
  }
  renameSync(unfinished, program);
  return folder;
}
