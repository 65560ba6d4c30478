/** One parameter of a cluster parameter group. */
export interface EngineParameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/**
 * Parameter group family of an engine version.
 *
 * @example parameterFamily("16.4") // "aurora-postgresql16"
 */
export function parameterFamily(version: string): string {
  return `aurora-postgresql${version.split(".")[0] ?? version}`;
}

/** Forced TLS, and who came and went in the log: all dynamic on Aurora PostgreSQL. */
export const ENGINE_PARAMETERS: readonly EngineParameter[] = [
  { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
  { name: "log_connections", value: "1", applyMethod: "immediate" },
  { name: "log_disconnections", value: "1", applyMethod: "immediate" },
];
