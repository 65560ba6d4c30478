import { existsSync } from "node:fs";
import path from "node:path";
import { SallyportError } from "../core/errors";

/**
 * The compiled policy pack: `policies/` beside the bundle in `dist/`, or of this checkout. `from` is where the running file lies.
 *
 * @throws SallyportError POLICY_PACK_MISSING if it was not built: a gate that is not there must not count as passed
 */
export function policyPackFolder(from: string = __dirname): string {
  const places = [path.join(from, "..", "policies"), path.join(from, "..", "..", "policies")];
  const parts = ["index.js", "library.js"];
  const found = places.find((folder) => parts.every((part) => existsSync(path.join(folder, "dist", part))));
  if (found !== undefined) return found;
  throw new SallyportError("POLICY_PACK_MISSING", {
    message: `No compiled policy pack in ${places.map((place) => path.join(place, "dist")).join(" or ")}.`,
  });
}
