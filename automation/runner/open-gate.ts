import { createRequire } from "node:module";
import path from "node:path";
import type * as Library from "../../policies/library";
import type { ProjectFiles } from "./load-files";
import type { Gate } from "./platform-stack";
import { policyConfiguration } from "./policy-configuration";

/**
 * The gate of an environment, configured and checked before anything runs; undefined without a pack.
 *
 * @throws SallyportError CONFIG_INVALID if the environment's file says something of rules that the pack does not know
 */
export function openGate(pack: string | undefined, files: ProjectFiles): Gate | undefined {
  if (pack === undefined) return undefined;
  // From the pack that will judge, so that both know the same rules.
  const { RULES, readConfiguration } = createRequire(__filename)(
    path.join(pack, "dist", "library.js"),
  ) as typeof Library;
  const read = (value: unknown) => {
    const result = readConfiguration(RULES, value);
    return result.ok ? [] : result.problems;
  };
  return { pack, configuration: policyConfiguration(files, read) };
}
