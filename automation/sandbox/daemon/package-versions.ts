import { readFileSync } from "node:fs";
import path from "node:path";
import type { RelayedPackage } from "../relay/install-relays";

/** Packages whose providers the sandbox has. */
export const RELAYED_PACKAGES = ["aws", "postgresql", "random"] as const;

/**
 * The packages with the versions of the SDKs that are installed where programs run: the engine asks for a plugin of just that version.
 *
 * @param resolve finds a module's file, as `require.resolve` does
 * @example installedPackages() // [{ name: "aws", version: "7.48.0" }, { name: "random", version: "4.21.2" }]
 */
export function installedPackages(resolve: (module: string) => string): RelayedPackage[] {
  return RELAYED_PACKAGES.map((name) => {
    const manifest = JSON.parse(readFileSync(manifestOf(resolve(`@pulumi/${name}`), `@pulumi/${name}`), "utf8")) as {
      version: string;
    };
    return { name, version: manifest.version.replace(/^v/, "") };
  });
}

/** The package.json above a module's file that bears the package's name. */
function manifestOf(file: string, name: string): string {
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const manifest = path.join(folder, "package.json");
    try {
      if ((JSON.parse(readFileSync(manifest, "utf8")) as { name?: string }).name === name) return manifest;
    } catch {
      // No package.json here, or one of something else: look above.
    }
  }
  throw new Error(`${name} is not installed`);
}
