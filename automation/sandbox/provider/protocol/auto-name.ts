import { createHash } from "node:crypto";

/** How the engine wants names made (Pulumi `pulumi:autonaming`). */
export interface Naming {
  /** Logical name of the resource. */
  readonly logicalName: string;
  /** The engine's seed: the same for check and update of one plan. */
  readonly seed: Buffer;
  readonly mode: "provider" | "propose" | "enforce" | "disable";
  readonly proposed: string;
}

const LIMITS: Readonly<Record<string, number>> = { "aws:iam/role:Role": 64 };
const LIMIT = 255;
const LOWER_CASE = new Set(["aws:rds/subnetGroup:SubnetGroup", "aws:rds/clusterParameterGroup:ClusterParameterGroup"]);

/**
 * The name of a resource that was given none: logical name and seven hexadecimal digits.
 *
 * @example autoName("aws:ssm/document:Document", naming("writer")) // { name: "writer-3f2a1b0" }
 * @returns a problem where the limit leaves no room; `undefined` where names are switched off.
 */
export function autoName(
  token: string,
  naming: Naming,
): { readonly name: string } | { readonly problem: string } | undefined {
  if (naming.mode === "disable") return undefined;
  if (naming.mode !== "provider") return { name: naming.proposed };
  const limit = LIMITS[token] ?? LIMIT;
  const name = `${naming.logicalName}-${createHash("sha256").update(naming.seed).update(naming.logicalName).digest("hex").slice(0, 7)}`;
  if (name.length > limit) {
    return {
      problem: `failed to generate auto-name: name '${naming.logicalName}-' plus 7 random chars is longer than maximum length ${limit}`,
    };
  }
  return { name: LOWER_CASE.has(token) ? name.toLowerCase() : name };
}
