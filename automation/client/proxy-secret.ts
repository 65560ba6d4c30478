import { linkSync, rmSync } from "node:fs";
import path from "node:path";
import { readPrivateFile, writePrivateFile } from "../auth/private-file";
import { makeLocalSecret } from "../proxy/local-secret";

/** What `makeLocalSecret` makes. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The local secret of a user on a machine, and where it lies. */
export interface KeptSecret {
  readonly file: string;
  readonly secret: string;
  /** Made just now: whoever kept the old one must read it again. */
  readonly fresh: boolean;
}

/**
 * The local secret of `sallyport proxy`, kept 0600 in the person's folder and made at its first use. A file that others can read, or
 * that holds something else, is replaced. `rotate`: a new one in any case.
 */
export function proxySecret(home: string, randomBytes: (size: number) => Buffer, rotate: boolean): KeptSecret {
  const file = path.join(home, "proxy-secret");
  const there = readPrivateFile(file);
  const kept = rotate ? undefined : secretOf(there);
  if (kept !== undefined) return { file, secret: kept, fresh: false };
  const secret = makeLocalSecret(randomBytes);
  const suffix = randomBytes(6).toString("hex");
  if (rotate || there !== undefined) writePrivateFile(file, `${secret}\n`, suffix);
  else if (!writeFirst(file, secret, suffix)) {
    // Another proxy of ours was faster; its secret is the one on disk.
    return { file, secret: secretOf(readPrivateFile(file)) ?? secret, fresh: false };
  }
  return { file, secret, fresh: true };
}

function secretOf(found: ReturnType<typeof readPrivateFile>): string | undefined {
  const text = found?.text.trim() ?? "";
  return found?.open === false && SECRET.test(text) ? text : undefined;
}

/** Puts the whole file there only if none is: a link fails where a rename would replace. */
function writeFirst(file: string, secret: string, suffix: string): boolean {
  const own = `${file}.${suffix}`;
  writePrivateFile(own, `${secret}\n`, "new");
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}
