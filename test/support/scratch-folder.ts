import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A temporary folder for one test. */
export interface ScratchFolder {
  readonly folder: string;
  /** Writes an executable `sh` script and answers its path. */
  script(name: string, body: string): string;
  remove(): void;
}

/** Makes one below the system's temporary folder. */
export function scratchFolder(): ScratchFolder {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sallyport-test-"));
  return {
    folder,
    script: (name, body) => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\n${body}\n`);
      chmodSync(file, 0o755);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
