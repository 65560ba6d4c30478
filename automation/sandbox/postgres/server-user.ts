import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { binariesIn, type PostgresBinaries } from "./binaries";

/** The account that PostgreSQL runs as; it refuses to run as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whom PostgreSQL runs as: `undefined` = us. For root it is `nobody`, the account that owns nothing; no account is made.
 *
 * @param passwd text of /etc/passwd
 * @example serverUser(0, "nobody:x:65534:65534:…") // { uid: 65534, gid: 65534 }
 */
export function serverUser(uid: number | undefined, passwd: string): ServerUser | undefined {
  if (uid !== 0) return undefined;
  const row = passwd
    .split("\n")
    .map((line) => line.split(":"))
    .find(([name]) => name === "nobody");
  const [nobody, group] = [Number(row?.[2]), Number(row?.[3])];
  return Number.isInteger(nobody) && nobody > 0
    ? { uid: nobody, gid: Number.isInteger(group) ? group : nobody }
    : { uid: 65534, gid: 65534 };
}

/** Whom PostgreSQL runs as on this machine. */
export function machineServerUser(): ServerUser | undefined {
  const uid = process.getuid?.();
  return uid === 0 ? serverUser(uid, readFileSync("/etc/passwd", "utf8")) : undefined;
}

/** Makes a file or folder the server user's own; nothing to do when that is us. */
export function giveTo(user: ServerUser | undefined, file: string): void {
  if (user) chownSync(file, user.uid, user.gid);
}

/**
 * Binaries that the server user can run. A repository below a 0700 folder (root's home, say) is out of its reach: then they are
 * copied once to a folder of their version that everybody may read and only we may write.
 */
export function reachableBinaries(
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
  temporary: string,
): PostgresBinaries {
  if (!user || openToAll(binaries.postgres)) return binaries;
  const shared = path.join(temporary, `sallyport-postgres-${binaries.version}`);
  if (isOurs(shared)) return binariesIn(shared, binaries.version);
  const fresh = mkdtempSync(path.join(temporary, "sallyport-postgres-"));
  cpSync(binaries.native, fresh, { recursive: true, verbatimSymlinks: true });
  chmodSync(fresh, 0o755);
  try {
    renameSync(fresh, shared);
    return binariesIn(shared, binaries.version);
  } catch {
    // Somebody was faster. If that was us in another process, use theirs; a stranger's folder is never run.
    if (!isOurs(shared)) return binariesIn(fresh, binaries.version);
    rmSync(fresh, { recursive: true, force: true });
    return binariesIn(shared, binaries.version);
  }
}

/** May everybody read and execute the file, through each folder above it? */
function openToAll(file: string): boolean {
  for (let at = file; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** A folder (no link) that belongs to us and that nobody else may write. */
function isOurs(folder: string): boolean {
  try {
    const stat = lstatSync(folder);
    return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
