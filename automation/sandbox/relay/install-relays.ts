import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { relayScript, type RelayOrder } from "./relay-program";

/** A Pulumi package whose provider the sandbox stands in for. */
export interface RelayedPackage {
  readonly name: string;
  /** As the SDK in use asks for it, e.g. `7.48.0`. */
  readonly version: string;
}

/**
 * Where a PULUMI_HOME keeps a provider's plugin.
 *
 * @example relayFolder("/h", { name: "aws", version: "7.48.0" }) // "/h/plugins/resource-aws-v7.48.0"
 */
export function relayFolder(pulumiHome: string, { name, version }: RelayedPackage): string {
  return path.join(pulumiHome, "plugins", `resource-${name}-v${version}`);
}

/**
 * Puts a relay where the engine looks for each package's plugin. Files are for their owner alone, as the token lies beside the script.
 */
export function installRelays(
  pulumiHome: string,
  packages: readonly RelayedPackage[],
  control: Pick<RelayOrder, "controlUrl" | "token">,
): void {
  for (const relayed of packages) {
    const folder = relayFolder(pulumiHome, relayed);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const order: RelayOrder = { ...control, package: relayed.name, version: relayed.version };
    place(path.join(folder, "relay.json"), JSON.stringify(order), 0o600);
    // A script without an extension is what the nearest package.json says: the surrounding project's might say "module".
    place(path.join(folder, "package.json"), '{ "type": "commonjs" }\n', 0o600);
    place(path.join(folder, `pulumi-resource-${relayed.name}`), relayScript(), 0o700);
  }
}

function place(file: string, text: string, mode: number): void {
  writeFileSync(file, text, { mode });
  // The mode counts only for a file that is new.
  chmodSync(file, mode);
}
