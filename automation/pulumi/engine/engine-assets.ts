import { existsSync } from "node:fs";
import path from "node:path";

/**
 * The folder with the helper programs' sources and the Go module: this one in a checkout, or the checkout's copy when this code runs
 * from the bundle in `dist/`. `from` is where the running file lies.
 */
export function engineAssetsFolder(from: string = __dirname): string {
  const places = [from, path.join(from, "engine"), path.join(from, "..", "automation", "pulumi", "engine")];
  return places.find((folder) => existsSync(path.join(folder, "language-host.cjs"))) ?? from;
}
